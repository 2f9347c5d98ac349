# Das Forest-Diagramm: Erfolg oder Aufwand unter jeder Bedingung und die Änderung gegenüber der Referenz.
#
# $measure: success, turns, tool_calls, cost (of a conversation, in US dollars) or seconds (how long it took).
# $name, $baseline: names of conditions, as the person wrote them; $scored and $planned: counts of conversations.
# $points: "12 Prozentpunkte"; $size, $low, $high, $rate: figures with their unit ("2,1", "14 s", "72 %").
# $change: "−12 Prozentpunkte"; $range: "5 bis 19"; $design: "50 Aufgaben × 3 Versuche"; $tasks: "50 Aufgaben".
# $points, $tasks, $conversations stand as nominative or accusative only.

# How the parts of the sentences below begin and end.
forest-under = Bei „{ $name }“
# The baseline after a comma or "gegenüber"; $named is "yes" where it is not the one without traits.
forest-baseline = { $named ->
    [yes] bei „{ $baseline }“
   *[no] ohne Merkmale
}
forest-against = { $named ->
    [yes] {" "}gegenüber „{ $baseline }“
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] , der größte von { $clear } eindeutigen Rückgängen
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] , der größte von { $clear } eindeutigen Anstiegen
}
forest-too-few = { $tasks-few ->
    [one] { $tasks-few } Aufgabe ist zu wenig für weitere Aussagen.
   *[other] { $tasks-few } Aufgaben sind zu wenig für weitere Aussagen.
}
forest-design = { $tasks } × { $attempts }
forest-tasks-between = { $low } bis { $high } Aufgaben

# The one sentence of the chart.
forest-nothing = Es ist noch nichts bewertet.
forest-not-shown = Die Kunden bei „{ $name }“ zeigten das Merkmal nicht, die Änderung sagt also nichts darüber aus.
forest-fell = { forest-under } sank die Erfolgsquote{ forest-against } um { $points } (95-%-KI { $range }; { $design }){ forest-among-drops }.
forest-rose = { forest-under } stieg die Erfolgsquote{ forest-against } um { $points } (95-%-KI { $range }; { $design }){ forest-among-rises }.
forest-unchanged = { forest-under } änderte sich die Erfolgsquote{ forest-against } nicht nennenswert: Das Intervall weicht höchstens { $margin } von null ab ({ $design }).
forest-unchanged-all = Kein Merkmal änderte die Erfolgsquote{ forest-against } nennenswert: Jedes Intervall weicht höchstens { $margin } von null ab.
forest-cannot-tell = Es lässt sich nicht sagen, ob „{ $name }“ die Erfolgsquote{ forest-against } verändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $design }).
forest-cannot-tell-any = Es lässt sich nicht sagen, ob irgendein Merkmal die Erfolgsquote{ forest-against } verändert: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $design }).
forest-few = { forest-under } { $passed ->
    [one] war { $passed }
   *[other] waren { $passed }
} von { $scored } Gesprächen erfolgreich, { forest-baseline } { $baseline-passed } von { $baseline-scored }; { forest-too-few }
forest-alone = { $condition ->
    [baseline] Der Agent war in { $rate } der Gespräche erfolgreich (95-%-KI { $range }; { $conversations } bewertet).
   *[other] Bei „{ $name }“ war der Agent in { $rate } der Gespräche erfolgreich (95-%-KI { $range }; { $conversations } bewertet).
}
# "von 5 Gesprächen": a dative, so the count itself and not $conversations.
forest-alone-few = { $condition ->
    [baseline] Der Agent war in { $passed } von { $scored } Gesprächen erfolgreich.
   *[other] Bei „{ $name }“ war der Agent in { $passed } von { $scored } Gesprächen erfolgreich.
}

# The sentence where effort is measured.
forest-among-increases = { $clear ->
    [1] {""}
   *[other] , die größte von { $clear } eindeutigen Zunahmen
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] , die größte von { $clear } eindeutigen Abnahmen
}
forest-more = { $measure ->
    [turns] { forest-under } brauchte ein Gespräch{ forest-against } { $size } Runden mehr (95-%-KI { $range }; { $design }){ forest-among-increases }.
    [tool_calls] { forest-under } machte der Agent{ forest-against } je Gespräch { $size } Tool-Aufrufe mehr (95-%-KI { $range }; { $design }){ forest-among-increases }.
    [cost] { forest-under } kostete ein Gespräch{ forest-against } { $size } mehr (95-%-KI { $range }; { $design }){ forest-among-increases }.
   *[seconds] { forest-under } dauerte ein Gespräch{ forest-against } { $size } länger (95-%-KI { $range }; { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under } brauchte ein Gespräch{ forest-against } { $size } Runden weniger (95-%-KI { $range }; { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under } machte der Agent{ forest-against } je Gespräch { $size } Tool-Aufrufe weniger (95-%-KI { $range }; { $design }){ forest-among-decreases }.
    [cost] { forest-under } kostete ein Gespräch{ forest-against } { $size } weniger (95-%-KI { $range }; { $design }){ forest-among-decreases }.
   *[seconds] { forest-under } war ein Gespräch{ forest-against } { $size } kürzer (95-%-KI { $range }; { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] Es lässt sich nicht sagen, ob „{ $name }“ die Zahl der Runden je Gespräch{ forest-against } verändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $design }).
    [tool_calls] Es lässt sich nicht sagen, ob „{ $name }“ die Zahl der Tool-Aufrufe je Gespräch{ forest-against } verändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $design }).
    [cost] Es lässt sich nicht sagen, ob „{ $name }“ die Kosten je Gespräch{ forest-against } verändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $design }).
   *[seconds] Es lässt sich nicht sagen, ob „{ $name }“ die Dauer eines Gesprächs{ forest-against } verändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] Es lässt sich nicht sagen, ob irgendein Merkmal die Zahl der Runden je Gespräch{ forest-against } verändert: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $design }).
    [tool_calls] Es lässt sich nicht sagen, ob irgendein Merkmal die Zahl der Tool-Aufrufe je Gespräch{ forest-against } verändert: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $design }).
    [cost] Es lässt sich nicht sagen, ob irgendein Merkmal die Kosten je Gespräch{ forest-against } verändert: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $design }).
   *[seconds] Es lässt sich nicht sagen, ob irgendein Merkmal die Dauer eines Gesprächs{ forest-against } verändert: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $design }).
}
forest-effort-few = { $measure ->
    [turns] { forest-under } brauchte ein Gespräch im Mittel { $rate } Runden, { forest-baseline } { $baseline-rate }; { forest-too-few }
    [tool_calls] { forest-under } brauchte ein Gespräch im Mittel { $rate } Tool-Aufrufe, { forest-baseline } { $baseline-rate }; { forest-too-few }
    [cost] { forest-under } kostete ein Gespräch im Mittel { $rate }, { forest-baseline } { $baseline-rate }; { forest-too-few }
   *[seconds] { forest-under } dauerte ein Gespräch im Mittel { $rate }, { forest-baseline } { $baseline-rate }; { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] Ein Gespräch brauchte im Mittel { $rate } Runden ({ $conversations }).
    [tool_calls] Ein Gespräch brauchte im Mittel { $rate } Tool-Aufrufe ({ $conversations }).
    [cost] Ein Gespräch kostete im Mittel { $rate } ({ $conversations }).
   *[seconds] Ein Gespräch dauerte im Mittel { $rate } ({ $conversations }).
}

# A row in words.
forest-row = { $name }: { forest-amount } gegenüber { $baseline-rate } { forest-baseline }, { forest-way } ({ forest-interval }); { $verdict }; { $tasks }; { forest-scored }.
forest-row-alone = { $name }: { forest-amount }; { forest-scored }.
forest-row-nothing = { $name }: noch nichts zu zeigen; { forest-scored }.
forest-row-not-shown = Allerdings zeigten die Kunden das Merkmal nicht.
forest-row-weak = Allerdings zeigten die Kunden das Merkmal nur schwach.
forest-amount = { $measure ->
    [success] Erfolgsquote { $rate }
    [turns] { $rate } Runden je Gespräch
    [tool_calls] { $rate } Tool-Aufrufe je Gespräch
   *[other] { $rate } je Gespräch
}
# $way: same, lower or higher; $size: the change without its sign.
forest-way = { $way ->
    [same] unverändert
    [lower] { $size } weniger
   *[higher] { $size } mehr
}
# $interval: "yes" where there is one.
forest-interval = { $interval ->
    [yes] 95-%-Konfidenzintervall { $range }
   *[no] zu wenige Aufgaben für ein Intervall
}
forest-scored = { $measure ->
    [success] { $scored } von { $planned } Gesprächen bewertet
   *[other] { $scored } von { $planned } Gesprächen gemessen
}

# In the picture.
forest-level = { $measure ->
    [success] Erfolgsquote
    [turns] Runden je Gespräch
    [tool_calls] Tool-Aufrufe je Gespräch
    [cost] Kosten je Gespräch
   *[seconds] Dauer je Gespräch
}
# $unit as $measure, with minutes where times are long.
forest-change = { $unit ->
    [success] Änderung in Prozentpunkten
    [turns] Änderung in Runden
    [tool_calls] Änderung in Tool-Aufrufen
    [cost] Änderung in US-Dollar
    [minutes] Änderung in Minuten
   *[seconds] Änderung in Sekunden
}
forest-figures = Änderung (95-%-KI)
forest-left = { $measure ->
    [success] schlechter
   *[other] weniger
}
forest-right = { $measure ->
    [success] besser
   *[other] mehr
}
forest-no-clear-change = keine eindeutige Änderung
forest-no-change = keine Änderung
forest-not-scored = noch nicht bewertet
forest-too-few-to-tell = zu wenige Aufgaben
# The level of the baseline in the column of figures.
forest-baseline-level = { $measure ->
    [success] { $rate } Erfolg
    [turns] { $rate } Runden
    [tool_calls] { $rate } Tool-Aufrufe
   *[other] { $rate }
}
forest-verdict-more = mehr
forest-verdict-less = weniger
# Below the name of a row.
forest-part-scored = { $measure ->
    [success] { $scored } von { $planned } bewertet
   *[other] { $scored } von { $planned } gemessen
}
forest-caption = { $design }, Aufgabe für Aufgabe verglichen. Linien rechts: 95-%-Konfidenzintervall; gefüllte Marken: Null liegt außerhalb.
forest-caption-few = { $design }, Aufgabe für Aufgabe verglichen. Zu wenige Aufgaben für Konfidenzintervalle.

# Columns of the table.
forest-column-id = Kennung
forest-column-name = Bedingung
forest-column-planned = Geplante Gespräche
forest-column-scored = { $measure ->
    [success] Bewertete Gespräche
   *[other] Gemessene Gespräche
}
forest-column-passed = Erfolgreiche Gespräche
forest-column-tasks = Verglichene Aufgaben
forest-column-level = { $measure ->
    [success] Erfolgsquote (%)
    [turns] Runden je Gespräch
    [tool_calls] Tool-Aufrufe je Gespräch
    [cost] Kosten je Gespräch (US$)
   *[seconds] Dauer je Gespräch (s)
}
forest-column-baseline = { $measure ->
    [success] Erfolgsquote { forest-baseline } (%)
    [turns] Runden { forest-baseline }
    [tool_calls] Tool-Aufrufe { forest-baseline }
    [cost] Kosten { forest-baseline } (US$)
   *[seconds] Dauer { forest-baseline } (s)
}
forest-column-change = { $measure ->
    [success] Änderung (Prozentpunkte)
    [turns] Änderung (Runden)
    [tool_calls] Änderung (Tool-Aufrufe)
    [cost] Änderung (US$)
   *[seconds] Änderung (s)
}
forest-column-low = { $measure ->
    [success] Untergrenze 95-%-KI (Prozentpunkte)
    [turns] Untergrenze 95-%-KI (Runden)
    [tool_calls] Untergrenze 95-%-KI (Tool-Aufrufe)
    [cost] Untergrenze 95-%-KI (US$)
   *[seconds] Untergrenze 95-%-KI (s)
}
forest-column-high = { $measure ->
    [success] Obergrenze 95-%-KI (Prozentpunkte)
    [turns] Obergrenze 95-%-KI (Runden)
    [tool_calls] Obergrenze 95-%-KI (Tool-Aufrufe)
    [cost] Obergrenze 95-%-KI (US$)
   *[seconds] Obergrenze 95-%-KI (s)
}
forest-column-verdict = Befund
forest-column-trait = Merkmal
