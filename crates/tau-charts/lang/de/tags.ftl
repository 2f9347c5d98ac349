# Was schiefging: der Anteil der Gespräche mit jeder Fehlerart, verglichen mit der Referenz.
#
# $tag: a failure tag by its name. $name: a condition, as the person wrote it. $share: "14 %"; $count and
# $scored: conversations. $points: "8 Prozentpunkte"; $change: "+8 Prozentpunkte"; $range: "3 bis 13" (of the change);
# $clear, $n: counts.

# The one sentence of the chart.
tags-nothing = Keinem gescheiterten Gespräch ist eine Fehlerart zugeordnet.
tags-rose = Der Fehler „{ $tag }“ wurde bei „{ $name }“ um { $points } häufiger (95-%-KI { $range }) und kommt in { $share } der Gespräche vor.
tags-rose-of = Der Fehler „{ $tag }“ wurde bei „{ $name }“ um { $points } häufiger (95-%-KI { $range }), die größte von { $clear } eindeutigen Zunahmen, und kommt in { $share } der Gespräche vor.
tags-fell = Der Fehler „{ $tag }“ wurde bei „{ $name }“ um { $points } seltener (95-%-KI { $range }) und kommt in { $share } der Gespräche vor.
tags-fell-of = Der Fehler „{ $tag }“ wurde bei „{ $name }“ um { $points } seltener (95-%-KI { $range }), die größte von { $clear } eindeutigen Abnahmen, und kommt in { $share } der Gespräche vor.
tags-cannot-tell = Der häufigste Fehler ist „{ $tag }“, in { $share } der Gespräche bei „{ $name }“; ob irgendein Fehler häufiger oder seltener wurde, lässt sich nicht sagen: Jedes Intervall schließt die Null ein.
tags-most = Der häufigste Fehler ist „{ $tag }“, in { $count } von { $scored } bewerteten Gesprächen bei „{ $name }“.

# A bar in words.
tags-bar = { $tag }, { $name }: { $count } von { $scored } bewerteten Gesprächen ({ $share }).
tags-bar-change = { $tag }, { $name }: { $count } von { $scored } bewerteten Gesprächen ({ $share }), { $change } gegenüber der Referenz (95-%-KI { $range }).
tags-bar-few = { $tag }, { $name }: { $count } von { $scored } bewerteten Gesprächen, zu wenige Aufgaben für ein Intervall.
tags-bar-nothing = { $tag }, { $name }: noch nichts bewertet.
tags-further-named = { $n ->
    [one] { $n } weitere Fehlerart: { $tags }.
   *[other] { $n } weitere Fehlerarten: { $tags }.
}

# In the picture.
tags-share = Anteil der Gespräche
tags-change = Änderung in Prozentpunkten
tags-figures = Änderung (95-%-KI)
tags-fewer = weniger
tags-more = mehr
tags-share-count = { $share } ({ $count })
tags-count = { $count } von { $scored }
tags-no-score = nicht bewertet
tags-further = { $n ->
    [one] { $n } weitere Fehlerart
   *[other] { $n } weitere Fehlerarten
}
tags-caption = Anteil der bewerteten Gespräche mit jeder Fehlerart, alle Aufgaben gleich gewichtet; in Klammern die Zahl der Gespräche. Je Bedingung { $conversations } bewertet.
tags-caption-between = Anteil der bewerteten Gespräche mit jeder Fehlerart, alle Aufgaben gleich gewichtet; in Klammern die Zahl der Gespräche. Je Bedingung { $between } Gespräche bewertet.
tags-caption-counts = Anteil der bewerteten Gespräche mit jeder Fehlerart, alle Aufgaben gleich gewichtet; neben jedem Balken die Anzahlen.
tags-caption-change = Linien rechts: 95-%-Konfidenzintervall der Änderung gegenüber der Referenz; gefüllte Marken: Null liegt außerhalb.
tags-caption-few = Zu wenige Aufgaben für Konfidenzintervalle.

# Columns of the table.
tags-column-tag = Fehlerart
tags-column-tag-id = Fehlerart (Kennung)
tags-column-count = Gespräche mit dieser Fehlerart
tags-column-share = Anteil (%)
