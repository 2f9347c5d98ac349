# Die Heatmap: Modelle oder Domänen untereinander, Bedingungen nebeneinander, in jeder Zelle die Änderung der Erfolgsquote.
#
# $line: a model or domain; $column: a condition; both as the person wrote them.
# $points: "12 Prozentpunkte"; $change: "−12 Prozentpunkte"; $range: "5 bis 19"; $baseline: "74 %"; $tasks: "50 Aufgaben".

# The one sentence of the chart.
heat-nothing = Es ist noch nichts verglichen.
heat-few = Bei weniger als 10 Aufgaben je Vergleich lassen sich nur Anzahlen angeben; die größte Änderung ist { $change } für { $line } bei „{ $column }“ ({ $tasks }).
heat-fell-one = Einer von { $all } Vergleichen zeigt einen eindeutigen Rückgang: Für { $line } sank die Erfolgsquote bei „{ $column }“ um { $points } (95-%-KI { $range }; { $tasks }).
heat-fell = { $clear } von { $all } Vergleichen zeigen einen eindeutigen Rückgang; der größte beträgt { $points }, für { $line } bei „{ $column }“ (95-%-KI { $range }; { $tasks }).
heat-fell-only = Für { $line } sank die Erfolgsquote bei „{ $column }“ um { $points } (95-%-KI { $range }; { $tasks }).
heat-rose-one = Von { $all } Vergleichen zeigt keiner einen eindeutigen Rückgang und einer einen eindeutigen Anstieg: Für { $line } stieg die Erfolgsquote bei „{ $column }“ um { $points } (95-%-KI { $range }; { $tasks }).
heat-rose = Von { $all } Vergleichen zeigt keiner einen eindeutigen Rückgang, { $clear } zeigen einen eindeutigen Anstieg; der größte beträgt { $points }, für { $line } bei „{ $column }“ (95-%-KI { $range }; { $tasks }).
heat-rose-only = Für { $line } stieg die Erfolgsquote bei „{ $column }“ um { $points } (95-%-KI { $range }; { $tasks }).
heat-unchanged = Kein Vergleich zeigt eine nennenswerte Änderung: Jedes Intervall schließt die Null ein und bleibt innerhalb der Relevanzschwelle (insgesamt { $all }).
heat-cannot-tell = Es lässt sich nicht sagen, ob sich die Erfolgsquote ändert: Jedes Intervall schließt die Null ein ({ $all } Vergleiche; größte Verschiebung { $change }, für { $line } bei „{ $column }“, 95-%-KI { $range }; { $tasks }).
heat-cannot-tell-only = Es lässt sich nicht sagen, ob sich die Erfolgsquote für { $line } bei „{ $column }“ ändert: Das Intervall schließt die Null ein ({ $change }, 95-%-KI { $range }; { $tasks }).

# A cell in words.
heat-cell = { $line }, { $column }: Änderung der Erfolgsquote { $change } (95-%-KI { $range }; { $tasks }); { $verdict }.
heat-cell-few = { $line }, { $column }: Änderung der Erfolgsquote { $change } bei { $tasks }, zu wenige für ein Intervall.
heat-cell-alone = { $line }, { $column }: { $scored } von { $planned } Gesprächen bewertet, nichts zum Vergleich.
heat-cell-none = { $line }, { $column }: nicht ausgeführt.
heat-cell-shown = { $cell } Merkmal der Kunden: { $shown }.
heat-cell-marked = { $cell } Die Referenz unterscheidet sich nicht nur in den Kunden.
heat-baseline = { $line }: Erfolgsquote { $baseline } ohne Merkmale.

# In the picture.
heat-baseline-head = Ohne Merkmale
heat-not-run = nicht ausgeführt
heat-nothing-to-compare = nicht bewertet
heat-scale = Änderung der Erfolgsquote gegenüber der Referenz, in Prozentpunkten
heat-scale-worse = schlechter
heat-scale-better = besser
heat-key-hatched = schraffiert: Das Intervall schließt die Null ein
heat-key-few = umrandet: weniger als 10 Aufgaben, kein Intervall
heat-key-weak = Kunden zeigten das Merkmal nur schwach
heat-key-not-shown = Kunden zeigten das Merkmal nicht
heat-key-cannot-tell = Merkmal nicht bestätigt
heat-key-marked = Referenz unterscheidet sich nicht nur in den Kunden
heat-caption = In jeder Zelle die Änderung in Prozentpunkten und, wo Platz ist, ihr 95-%-Konfidenzintervall. { $tasks } je Vergleich.
heat-caption-between = In jeder Zelle die Änderung in Prozentpunkten und, wo Platz ist, ihr 95-%-Konfidenzintervall. { $between } Aufgaben je Vergleich.
heat-caption-few = In jeder Zelle die Änderung in Prozentpunkten. { $tasks } je Vergleich.
heat-caption-few-between = In jeder Zelle die Änderung in Prozentpunkten. { $between } Aufgaben je Vergleich.
