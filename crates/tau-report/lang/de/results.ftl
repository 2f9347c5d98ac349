# Was neben den Zahlen eines Laufs steht: Anmerkungen, Warnhinweise, die Zeile ohne Fehler der Kunden.
# $name, $names, $one, $other: names of conditions or runs, as the person wrote them.

results-tasks = { $n ->
    [one] { $n } Aufgabe
   *[other] { $n } Aufgaben
}
results-conversations = { $n ->
    [one] { $n } Gespräch
   *[other] { $n } Gespräche
}

# Notes.
note-open = { $n } von { $total } Gesprächen { $n ->
    [one] ist
   *[other] sind
} noch nicht beendet.
note-fell-out = { $name }: { results-tasks } nicht verglichen, weil auf einer Seite eine Bewertung fehlt.
note-no-intervals = Bei weniger als { $least } Aufgaben werden keine Intervalle angegeben.
# $test: mcnemar (one attempt a task) or sign-flip. $n: conditions compared with the baseline.
note-p-values = { $test ->
    [mcnemar] { $n ->
        [1] p-Wert: exakter McNemar-Test.
       *[other] p-Werte: exakter McNemar-Test, für { $n } Vergleiche korrigiert (Holm).
    }
   *[sign-flip] { $n ->
        [1] p-Wert: Permutationstest mit Vorzeichenwechseln über die Aufgaben.
       *[other] p-Werte: Permutationstest mit Vorzeichenwechseln über die Aufgaben, für { $n } Vergleiche korrigiert (Holm).
    }
}
note-practice = Übung, kein echtes Modell.
note-wording = Prompts im Wortlaut von { $wording }.

# Cautions about one run.
caution-few-tasks = { $n ->
    [one] Nur eine Aufgabe ist bewertet: Es gibt nur Anzahlen, keine Intervalle und keine Befunde. Führen Sie für einen Vergleich mindestens { $least } Aufgaben aus.
   *[other] Nur { $n } Aufgaben sind bewertet: Es gibt nur Anzahlen, keine Intervalle und keine Befunde. Führen Sie für einen Vergleich mindestens { $least } Aufgaben aus.
}
caution-stopped = Der Lauf wurde vorzeitig abgebrochen: { $open } von { $total } Gesprächen { $open ->
    [one] wurde
   *[other] wurden
} nicht geführt. Ein Lauf, der wegen seines Zwischenstands abgebrochen wird, zeigt zu viel.
caution-not-scored = { $n } von { $total } Gesprächen nicht bewertet: Sie konnten nicht beendet werden und zählen weder als Erfolg noch als Fehlschlag.
caution-reply-cache = { $cached } von { $total } Antworten stammen aus dem Zwischenspeicher früherer Antworten. Sie wiederholen, was schon gesagt wurde: Sie belegen nichts Neues, und Kosten und Dauer sind nur die der übrigen Antworten.
caution-reply-cache-attempts = { $cached } von { $total } Antworten stammen aus dem Zwischenspeicher früherer Antworten. Diese Versuche wiederholen frühere: Sie belegen nicht aufs Neue, wie verlässlich der Agent ist, und Kosten und Dauer sind nur die der übrigen Antworten.
caution-excluded = { $n ->
    [one] Eine Aufgabe wurde nach dem Lauf ausgelassen: { $tasks }.
   *[other] { $n } Aufgaben wurden nach dem Lauf ausgelassen: { $tasks }.
}
caution-margin = Die Relevanzschwelle wurde nach dem Lauf von { $planned } auf { $margin } Prozentpunkte geändert.
caution-baseline = Die Bedingungen werden mit „{ $name }“ verglichen, nicht mit Kunden ohne Merkmale.
caution-left-out = { $n ->
    [one] Ein Gespräch, das durch Verschulden des Kunden gescheitert ist, wurde nach dem Lauf ausgelassen.
   *[other] { $n } Gespräche, die durch Verschulden des Kunden gescheitert sind, wurden nach dem Lauf ausgelassen.
}
caution-trait-not-shown = Die Kunden bei „{ $name }“ zeigten das Merkmal nicht, die Änderung sagt also nichts darüber aus.
caution-trait-weak = Die Kunden bei „{ $name }“ zeigten das Merkmal nur schwach.

# Cautions about runs that are compared. $which: "gpt-4o (Lauf 1, Lauf 2); steer (Lauf 3)".
caution-which = { $value } ({ $runs })
caution-customer-model = Die Läufe haben nicht die gleichen Kunden: { $which }. Unterschiede zwischen ihnen können daher rühren.
caution-customer-strategy = Die Kunden der Läufe sind nicht auf die gleiche Weise erzeugt: { $which }. Unterschiede zwischen den Läufen können daher rühren.
caution-prompts = Die Läufe haben nicht die gleichen Prompts: { $which }. Unterschiede zwischen ihnen können daher rühren.
caution-grader = Die Läufe wurden nicht nach den gleichen Regeln bewertet: { $which }. Sie werden nicht miteinander verglichen.
caution-data = Der Inhalt der Domäne ist nicht der gleiche in { $runs }. Diese Läufe werden nicht miteinander verglichen.
caution-temperature = Die Agenten hatten nicht die gleiche Temperatur: { $which }. Unterschiede zwischen den Läufen können daher rühren.
caution-steps = Die Gespräche konnten nicht gleich lang werden; Höchstzahl der Schritte des Agenten: { $which }. Unterschiede zwischen den Läufen können daher rühren.
caution-set-up = Die Läufe unterscheiden sich in „{ $what }“: { $which }. Unterschiede zwischen ihnen können daher rühren.
caution-tasks = Die Läufe haben nicht die gleichen Aufgaben: { $which }. Verglichen werden nur Aufgaben, die beide haben.

# Without the customers' faults. $sentence: the headline of that result, a whole sentence.
sensitivity-without = { $n ->
    [one] Ohne das eine Gespräch, in dem der Fehler beim Kunden lag: { $sentence }
   *[other] Ohne die { $n } Gespräche, in denen der Fehler beim Kunden lag: { $sentence }
}
sensitivity-with = { $n ->
    [one] Mit dem einen ausgelassenen Gespräch, in dem der Fehler beim Kunden lag: { $sentence }
   *[other] Mit den { $n } ausgelassenen Gesprächen, in denen der Fehler beim Kunden lag: { $sentence }
}
