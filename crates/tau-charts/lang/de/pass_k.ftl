# Die Kurven von pass^k: die Wahrscheinlichkeit, dass alle k Versuche einer Aufgabe gelingen.
#
# $name: a condition, as the person wrote it. $k: a number of attempts. $value: "41 %".
# $points: "12 Prozentpunkte"; $change: "−12 Prozentpunkte"; $range: "5 bis 19" (of the change); $tasks: "50 Aufgaben"; $clear: a count.

# The one sentence of the chart.
pass-k-nothing = Es ist noch nichts bewertet.
pass-k-fell = { $k ->
    [one] Die Wahrscheinlichkeit, dass ein Versuch einer Aufgabe gelingt, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
    [2] Die Wahrscheinlichkeit, dass beide Versuche einer Aufgabe gelingen, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
   *[other] Die Wahrscheinlichkeit, dass alle { $k } Versuche einer Aufgabe gelingen, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
}
pass-k-fell-of = { $k ->
    [one] Die Wahrscheinlichkeit, dass ein Versuch einer Aufgabe gelingt, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Rückgängen.
    [2] Die Wahrscheinlichkeit, dass beide Versuche einer Aufgabe gelingen, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Rückgängen.
   *[other] Die Wahrscheinlichkeit, dass alle { $k } Versuche einer Aufgabe gelingen, sank bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Rückgängen.
}
pass-k-rose = { $k ->
    [one] Die Wahrscheinlichkeit, dass ein Versuch einer Aufgabe gelingt, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
    [2] Die Wahrscheinlichkeit, dass beide Versuche einer Aufgabe gelingen, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
   *[other] Die Wahrscheinlichkeit, dass alle { $k } Versuche einer Aufgabe gelingen, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }.
}
pass-k-rose-of = { $k ->
    [one] Die Wahrscheinlichkeit, dass ein Versuch einer Aufgabe gelingt, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Anstiegen.
    [2] Die Wahrscheinlichkeit, dass beide Versuche einer Aufgabe gelingen, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Anstiegen.
   *[other] Die Wahrscheinlichkeit, dass alle { $k } Versuche einer Aufgabe gelingen, stieg bei „{ $name }“ um { $points } (95-%-KI { $range }; { $tasks }) auf { $value }, der größte von { $clear } eindeutigen Anstiegen.
}
pass-k-cannot-tell = { $k ->
    [one] Es lässt sich nicht sagen, ob „{ $name }“ die Wahrscheinlichkeit verändert, dass ein Versuch einer Aufgabe gelingt: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).
    [2] Es lässt sich nicht sagen, ob „{ $name }“ die Wahrscheinlichkeit verändert, dass beide Versuche einer Aufgabe gelingen: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).
   *[other] Es lässt sich nicht sagen, ob „{ $name }“ die Wahrscheinlichkeit verändert, dass alle { $k } Versuche einer Aufgabe gelingen: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).
}
pass-k-cannot-tell-any = { $k ->
    [one] Es lässt sich nicht sagen, ob irgendeine Bedingung die Wahrscheinlichkeit verändert, dass ein Versuch einer Aufgabe gelingt: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $tasks }).
    [2] Es lässt sich nicht sagen, ob irgendeine Bedingung die Wahrscheinlichkeit verändert, dass beide Versuche einer Aufgabe gelingen: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $tasks }).
   *[other] Es lässt sich nicht sagen, ob irgendeine Bedingung die Wahrscheinlichkeit verändert, dass alle { $k } Versuche einer Aufgabe gelingen: Jedes Intervall schließt die Null ein (größte Verschiebung, „{ $name }“: { $change }, 95-%-KI { $range }; { $tasks }).
}
pass-k-few = { $k ->
    [one] Bei „{ $name }“ gelingt ein Versuch einer Aufgabe mit einer Wahrscheinlichkeit von { $value }; weniger als 10 Aufgaben ({ $tasks }) sind zu wenig für weitere Aussagen.
    [2] Bei „{ $name }“ gelingen beide Versuche einer Aufgabe mit einer Wahrscheinlichkeit von { $value }; weniger als 10 Aufgaben ({ $tasks }) sind zu wenig für weitere Aussagen.
   *[other] Bei „{ $name }“ gelingen alle { $k } Versuche einer Aufgabe mit einer Wahrscheinlichkeit von { $value }; weniger als 10 Aufgaben ({ $tasks }) sind zu wenig für weitere Aussagen.
}
pass-k-alone = { $k ->
    [one] Bei „{ $name }“ gelingt ein Versuch einer Aufgabe mit einer Wahrscheinlichkeit von { $value } (95-%-KI { $range } %; { $tasks }).
    [2] Bei „{ $name }“ gelingen beide Versuche einer Aufgabe mit einer Wahrscheinlichkeit von { $value } (95-%-KI { $range } %; { $tasks }).
   *[other] Bei „{ $name }“ gelingen alle { $k } Versuche einer Aufgabe mit einer Wahrscheinlichkeit von { $value } (95-%-KI { $range } %; { $tasks }).
}

# A point in words; $own: its interval in percent.
pass-k-point = { $name }, k = { $k }: { $value } (95-%-KI { $own } %; { $tasks }).
pass-k-point-few = { $name }, k = { $k }: { $value } bei { $tasks }, zu wenige für ein Intervall.
pass-k-point-change = { $name }, k = { $k }: { $value } (95-%-KI { $own } %; { $tasks }), { $change } gegenüber der Referenz (95-%-KI { $range }).
pass-k-series-nothing = { $name }: noch nichts bewertet.

# In the picture.
pass-k-tick = k = { $k }
pass-k-tasks = n = { $n }
pass-k-at = { $value } bei k = { $k }
pass-k-at-change = { $value } bei k = { $k }: { $change } (95-%-KI { $range })
pass-k-entry = { $name }: { $value } bei k = { $k }
pass-k-caption = Wahrscheinlichkeit, dass alle k Versuche einer Aufgabe gelingen. Bänder: 95-%-Konfidenzintervall. { $tasks }.
pass-k-caption-few = Wahrscheinlichkeit, dass alle k Versuche einer Aufgabe gelingen. Zu wenige Aufgaben für Konfidenzintervalle ({ $tasks }).
pass-k-caption-n = n: Aufgaben mit k bewerteten Versuchen.

# Columns of the table.
pass-k-column-k = Versuche, die alle gelingen müssen (k)
pass-k-column-chance = Wahrscheinlichkeit (%)
pass-k-column-low = Wahrscheinlichkeit, Untergrenze 95-%-KI (%)
pass-k-column-high = Wahrscheinlichkeit, Obergrenze 95-%-KI (%)
pass-k-column-tasks = Aufgaben mit k bewerteten Versuchen
