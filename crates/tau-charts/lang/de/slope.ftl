# Das Steigungsdiagramm: die Erfolgsquote in zwei Versionen eines Agenten, eine Linie je Bedingung.
#
# $left, $right: names of the earlier and the later release; $name: of a condition, as the person wrote them.
# $condition: "baseline" for customers without traits, "other" otherwise.
# $points: "12 Prozentpunkte"; $change: "−12 Prozentpunkte"; $range: "5 bis 19"; $tasks: "50 Aufgaben"; $clear: how many
#   conditions changed as clearly.

# Begins a sentence in the perfect tense, which a participle ends ("… um 12 Prozentpunkte gesunken").
slope-where = { $condition ->
    [baseline] Von „{ $left }“ zu „{ $right }“ ist die Erfolgsquote ohne Merkmale
   *[other] Von „{ $left }“ zu „{ $right }“ ist die Erfolgsquote bei „{ $name }“
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] , der größte von { $clear } eindeutigen Rückgängen
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] , der größte von { $clear } eindeutigen Anstiegen
}

# The one sentence of the chart.
slope-nothing = Die beiden Versionen haben noch keine bewertete Aufgabe gemeinsam.
slope-fell = { slope-where } um { $points } gesunken (95-%-KI { $range }; { $tasks }){ slope-among-drops }.
slope-rose = { slope-where } um { $points } gestiegen (95-%-KI { $range }; { $tasks }){ slope-among-rises }.
slope-unchanged = { $condition ->
    [baseline] Von „{ $left }“ zu „{ $right }“ hat sich die Erfolgsquote ohne Merkmale nicht nennenswert geändert ({ $change }, 95-%-KI { $range }; { $tasks }).
   *[other] Von „{ $left }“ zu „{ $right }“ hat sich die Erfolgsquote bei „{ $name }“ nicht nennenswert geändert ({ $change }, 95-%-KI { $range }; { $tasks }).
}
slope-unchanged-all = Von „{ $left }“ zu „{ $right }“ hat sich die Erfolgsquote unter keiner von { $conditions } Bedingungen nennenswert geändert.
slope-cannot-tell = { $condition ->
    [baseline] Es lässt sich nicht sagen, ob sich die Erfolgsquote ohne Merkmale von „{ $left }“ zu „{ $right }“ geändert hat: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).
   *[other] Es lässt sich nicht sagen, ob sich die Erfolgsquote bei „{ $name }“ von „{ $left }“ zu „{ $right }“ geändert hat: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] Es lässt sich nicht sagen, ob sich die Erfolgsquote von „{ $left }“ zu „{ $right }“ geändert hat: Jedes Intervall schließt die Null ein (größte Verschiebung, ohne Merkmale: { $change }, 95-%-KI { $range }; { $tasks }).
   *[other] Es lässt sich nicht sagen, ob sich die Erfolgsquote von „{ $left }“ zu „{ $right }“ geändert hat: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $tasks }).
}
# Below ten tasks. $before and $after: "72 %".
slope-few = { $condition ->
    [baseline] Von „{ $left }“ zu „{ $right }“ ging die Erfolgsquote ohne Merkmale von { $before } auf { $after }
   *[other] Von „{ $left }“ zu „{ $right }“ ging die Erfolgsquote bei „{ $name }“ von { $before } auf { $after }
}; { $n ->
    [one] { $n } Aufgabe ist zu wenig für weitere Aussagen.
   *[other] { $n } Aufgaben sind zu wenig für weitere Aussagen.
}

# A condition in words. $between, $former, $latter: "yes" where there is an interval of the change, of the earlier
# release, of the later one. $way: same, lower or higher.
slope-before = { $former ->
    [yes] Erfolgsquote { $before } in „{ $left }“ (95-%-KI { $before-range })
   *[no] Erfolgsquote { $before } in „{ $left }“
}
slope-after = { $latter ->
    [yes] { $after } in „{ $right }“ (95-%-KI { $after-range })
   *[no] { $after } in „{ $right }“
}
slope-way = { $way ->
    [same] unverändert
    [lower] { $points } weniger
   *[higher] { $points } mehr
}
slope-row = { $between ->
    [yes] { $name }: { slope-before }, { slope-after }, { slope-way } (95-%-KI { $range }); { $verdict }; { $tasks }.
   *[no] { $name }: { slope-before }, { slope-after }, { slope-way } (zu wenige Aufgaben für ein Intervall); { $tasks }.
}

# In the picture.
slope-too-few = zu wenige Aufgaben
slope-caption = { $tasks } mit Bewertung in beiden Versionen, Aufgabe für Aufgabe verglichen. Gefüllte Marken rechts: Null liegt außerhalb des 95-%-Konfidenzintervalls der Änderung.
slope-caption-few = { $tasks } mit Bewertung in beiden Versionen, Aufgabe für Aufgabe verglichen. Zu wenige Aufgaben für Konfidenzintervalle.
slope-caption-between = { $low } bis { $high } Aufgaben mit Bewertung in beiden Versionen, Aufgabe für Aufgabe verglichen. Gefüllte Marken rechts: Null liegt außerhalb des 95-%-Konfidenzintervalls der Änderung.
slope-caption-lines = Senkrechte Linien: 95-%-Konfidenzintervall jeder Quote.

# Columns of the table. $run: a release's name.
slope-column-id = Kennung
slope-column-name = Bedingung
slope-column-tasks = Verglichene Aufgaben
slope-column-rate = Erfolgsquote, { $run } (%)
slope-column-rate-low = Untergrenze 95-%-KI, { $run } (%)
slope-column-rate-high = Obergrenze 95-%-KI, { $run } (%)
slope-column-change = Änderung (Prozentpunkte)
slope-column-low = Untergrenze 95-%-KI (Prozentpunkte)
slope-column-high = Obergrenze 95-%-KI (Prozentpunkte)
slope-column-verdict = Befund
