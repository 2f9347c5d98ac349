# Dosis und Wirkung: die Erfolgsquote über der Stufe eines Merkmals, darunter die gemessene Stufe.
#
# $name: a trait, as it is called. $level: the name of a level or a figure. $rate: "61 %"; $own: "47 bis 73".
# $points: "4 Prozentpunkte"; $change: "−4 Prozentpunkte"; $range: "2 bis 6"; $tasks: "50 Aufgaben"; $measured: "1,8".

level-0 = Aus
level-1 = Leicht
level-2 = Deutlich
level-3 = Stark
level-4 = Extrem

# The one sentence of the chart.
response-nothing = Es ist noch nichts bewertet.
response-fell = Mit jeder Stufe von „{ $name }“ sinkt die Erfolgsquote um { $points } (95-%-KI { $range }; { $tasks }).
response-fell-of = Mit jeder Stufe von „{ $name }“ sinkt die Erfolgsquote um { $points } (95-%-KI { $range }; { $tasks }), am stärksten unter { $clear } Merkmalen, die sie eindeutig senken.
response-rose = Mit jeder Stufe von „{ $name }“ steigt die Erfolgsquote um { $points } (95-%-KI { $range }; { $tasks }).
response-rose-of = Mit jeder Stufe von „{ $name }“ steigt die Erfolgsquote um { $points } (95-%-KI { $range }; { $tasks }), am stärksten unter { $clear } Merkmalen, die sie eindeutig erhöhen.
response-cannot-tell = Es lässt sich nicht sagen, ob die Stufe von „{ $name }“ die Erfolgsquote verändert: Das Intervall schließt die Null ein ({ $change } je Stufe, 95-%-KI { $range }; { $tasks }).
response-cannot-tell-any = Es lässt sich nicht sagen, ob die Stufe irgendeines Merkmals die Erfolgsquote verändert: Jedes Intervall schließt die Null ein (größte Steigung, „{ $name }“: { $change } je Stufe, 95-%-KI { $range }; { $tasks }).
response-few = Bei „{ $name }“ ging die Erfolgsquote zwischen den Stufen { $first } und { $last } von { $from } auf { $to }; zu wenige Aufgaben für weitere Aussagen ({ $tasks }).
response-one-level = „{ $name }“ wurde nur auf einer Stufe ausgeführt ({ $last }): Erfolgsquote { $to } ({ $tasks }).

# A point and a slope in words.
response-point = { $name }, { $level }: Erfolgsquote { $rate } (95-%-KI { $own } %; { $tasks }).
response-point-few = { $name }, { $level }: Erfolgsquote { $rate } bei { $tasks }, zu wenige für ein Intervall.
response-point-nothing = { $name }, { $level }: noch nichts bewertet.
response-point-measured = { $point } Gemessen wurde Stufe { $measured } von 4 (95-%-KI { $own }).
response-point-measured-few = { $point } Gemessen wurde Stufe { $measured } von 4.
response-slope-of = { $name }: { $change } je Stufe (95-%-KI { $range }; { $tasks }).
response-slope-few = { $name }: { $change } je Stufe ({ $tasks }).

# In the picture.
response-success = Erfolgsquote
response-measured = Gemessene Stufe (0 bis 4)
response-slope = { $change } je Stufe (95-%-KI { $range })
response-slope-no-interval = { $change } je Stufe
response-no-slope = zu wenige Aufgaben für eine Steigung
response-entry = { $name }: { $slope }
response-caption = Erfolgsquote auf jeder vorgegebenen Stufe. Bänder: 95-%-Konfidenzintervall. { $tasks }.
response-caption-between = Erfolgsquote auf jeder vorgegebenen Stufe. Bänder: 95-%-Konfidenzintervall. { $between } Aufgaben.
response-caption-few = Erfolgsquote auf jeder vorgegebenen Stufe. Zu wenige Aufgaben für Konfidenzintervalle ({ $tasks }).
response-caption-measured = Graue Linie: Kunden, die genau die vorgegebene Stufe zeigen.

# Columns of the table.
response-column-level = Vorgegebene Stufe (0 bis 4)
response-column-measured = Gemessene Stufe (0 bis 4)
response-column-measured-low = Gemessene Stufe, Untergrenze 95-%-KI
response-column-measured-high = Gemessene Stufe, Obergrenze 95-%-KI
response-column-slope = Änderung je Stufe (Prozentpunkte)
response-column-slope-low = Änderung je Stufe, Untergrenze 95-%-KI (Prozentpunkte)
response-column-slope-high = Änderung je Stufe, Obergrenze 95-%-KI (Prozentpunkte)
response-column-slope-tasks = Aufgaben mit mindestens zwei Stufen
