# Dosiskurven: was der Regler eines Merkmals in jeder Stimme bewirkt, gemessene über vorgegebener Stufe.
#
# $name: a voice or a trait by its name. $measured: "1,8" or "+0,40"; $range: "1,5 bis 2,1".
# $first, $last: what was measured; $from, $to: the level that was asked for, by its name or a figure.

dose-nothing = { $name }: noch nichts gemessen.
# The one sentence where there are several curves; $rising of $all rise at each step.
dose-all-rise = { $name }: In allen { $all } Kurven wurde mit jeder höheren Vorgabe mehr gezeigt.
dose-some-rise = { $name }: In { $rising } von { $all } Kurven wurde mit jeder höheren Vorgabe mehr gezeigt.
dose-none-rises = { $name }: In keiner von { $all } Kurven wurde mit jeder höheren Vorgabe mehr gezeigt.

# A curve in words, behind its name.
dose-voice = { $name }: { $sentence }
dose-voice-nothing = noch nichts gemessen.
dose-levels-rise = von gemessener Stufe { $first } bei Vorgabe { $from } bis Stufe { $last } bei Vorgabe { $to }; mit jeder höheren Vorgabe wurde mehr gezeigt.
dose-levels-mixed = von gemessener Stufe { $first } bei Vorgabe { $from } bis Stufe { $last } bei Vorgabe { $to }; nicht mit jeder höheren Vorgabe wurde mehr gezeigt.
dose-contrasts-rise = von { $first } bei Vorgabe { $from } bis { $last } bei Vorgabe { $to }; mit jeder höheren Vorgabe wurde mehr gezeigt.
dose-contrasts-mixed = von { $first } bei Vorgabe { $from } bis { $last } bei Vorgabe { $to }; nicht mit jeder höheren Vorgabe wurde mehr gezeigt.
dose-point = { $name }, { $level }: gemessen { $measured } (95-%-KI { $range }).
dose-point-alone = { $name }, { $level }: gemessen { $measured }.

# In the picture.
dose-level-measured = Gemessene Stufe
dose-contrast-measured = Gemessener Kontrast, in Nats je Token
dose-level-asked = Vorgegebene Stufe
dose-caption-intervals = Linien durch die Marken: 95-%-Konfidenzintervall.
dose-caption-identity = Graue Linie: genau das Vorgegebene.

# Columns of the table.
dose-column-voice = Stimme
dose-column-level = Vorgegebene Stufe (0 bis 4)
dose-column-measured = Gemessen
dose-column-low = Gemessen, Untergrenze 95-%-KI
dose-column-high = Gemessen, Obergrenze 95-%-KI
dose-column-unit = Gemessen in
dose-unit-level = Stufen (0 bis 4)
dose-unit-contrast = Nats je Token
