# Titel der Diagramme und warum eines noch nicht gezeichnet werden kann: ein Satz, der sagt, was zu tun ist.

title-forest-success = Erfolgsquote unter jeder Bedingung
title-forest-turns = Runden je Gespräch
title-forest-tool_calls = Tool-Aufrufe je Gespräch
title-forest-cost = Kosten je Gespräch
title-forest-seconds = Dauer je Gespräch
title-pass_k = Zuverlässigkeit über wiederholte Versuche (pass^k)
title-response = Erfolgsquote über der Stufe eines Merkmals
title-dose = Stufen der Merkmale, vorgegeben und gemessen
title-flips = Verschlechterte und verbesserte Aufgaben
title-faults = Wer die Fehlschläge verursacht hat
title-tags = Was bei Fehlschlägen schiefging
title-heat-models = Änderung der Erfolgsquote nach Agent
title-heat-domains = Änderung der Erfolgsquote nach Domäne
title-slope = Von { $left } zu { $right }
title-slope-two = Zwei Versionen

missing-nothing-scored = Es ist noch nichts bewertet. Das Diagramm erscheint mit den ersten bewerteten Gesprächen.
missing-comparison = Führen Sie neben der Referenz eine zweite Art von Kunden aus, um zu sehen, was sich ändert.
missing-turns = Wie viele Runden die Gespräche brauchten, ist für diesen Lauf nicht bekannt.
missing-tool_calls = Wie viele Tool-Aufrufe die Gespräche brauchten, ist für diesen Lauf nicht bekannt.
missing-cost = Was die Gespräche kosteten, ist nicht bekannt. Geben Sie Preise für die verwendeten Modelle an, dann stehen die Kosten im nächsten Lauf.
missing-cost-nothing = Kein Gespräch hat etwas gekostet, deshalb gibt es nichts zu vergleichen.
missing-seconds = Wie lange die Gespräche dauerten, ist für diesen Lauf nicht bekannt.
missing-pass_k = Führen Sie jede Aufgabe mindestens zweimal aus, um zu sehen, wie oft alle Versuche gelingen.
missing-response = Führen Sie zwei Stufen eines Merkmals aus, um die Erfolgsquote über seiner Stufe zu sehen.
missing-dose = Führen Sie Kunden mit einem Merkmal aus, um die vorgegebene und die gemessene Stufe zu sehen.
missing-no-failure = Kein Gespräch ist gescheitert, es gibt also keine Ursache zu zeigen.
missing-tags = Lassen Sie die Fehlschläge von einem Modell beurteilen, um zu sehen, was schiefging.
missing-heat = Führen Sie ein Merkmal und eine Referenz aus, um zu sehen, was sich ändert.
missing-models = Wählen Sie Läufe von mindestens zwei Agenten, um sie zu vergleichen.
missing-domains = Wählen Sie Läufe in mindestens zwei Domänen, um sie zu vergleichen.
missing-slope-two = Wählen Sie zwei Läufe, einen früheren und einen späteren.
missing-slope-domain = Wählen Sie zwei Läufe in derselben Domäne: Die Aufgaben werden einzeln verglichen.
missing-slope-data = Der Inhalt der Domäne unterscheidet sich zwischen den beiden Läufen, daher werden sie nicht verglichen. Führen Sie den früheren Agenten noch einmal mit dem jetzigen Inhalt aus.
missing-slope-grader = Die beiden Läufe wurden nach unterschiedlichen Regeln bewertet, daher werden sie nicht verglichen. Führen Sie den früheren Agenten noch einmal aus.
missing-slope-conditions = Die beiden Läufe haben keine Bedingung gemeinsam, die auf beiden Seiten bewertet ist. Führen Sie mit beiden die gleichen Arten von Kunden aus.

dose-traits = Merkmale
dose-by-markers = { $name }, nach Markern
dose-by-directions = { $name }, nach den Richtungen des lokalen Modells
dose-by-judge = { $name }, nach dem Urteilsmodell
