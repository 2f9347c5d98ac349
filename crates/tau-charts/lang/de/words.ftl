# Wörter, die mehrere Diagramme verwenden.
range = { $low } bis { $high }
tasks = { $n ->
    [one] { $n } Aufgabe
   *[other] { $n } Aufgaben
}
attempts = { $n ->
    [one] { $n } Versuch
   *[other] { $n } Versuche
}
conversations = { $n ->
    [one] { $n } Gespräch
   *[other] { $n } Gespräche
}
# size: "12" or "0,4"; n is the same figure and chooses the plural. Stands as nominative and accusative only.
points = { $n ->
    [one] { $size } Prozentpunkt
   *[other] { $size } Prozentpunkte
}
verdict-worse = schlechter
verdict-better = besser
verdict-no-meaningful-change = keine nennenswerte Änderung
verdict-cannot-tell = unklar
shown-weak = Merkmal schwach
shown-cannot-tell = Merkmal nicht bestätigt
shown-not-shown = Merkmal nicht gezeigt
practice = Übung, kein echtes Modell.
without-traits = ohne Merkmale
success = Erfolgsquote
shown-shown = Merkmal gezeigt
no-name = (ohne Namen)
