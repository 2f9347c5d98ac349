# Der Bericht und die Arbeitsmappe eines Laufs.
# Names ($agent, $domain, $name, ...) are put in as the person wrote them. Figures in text arguments
# ($size, $rate, ...) are already written as the language writes them.

report-of-a-run = Bericht über einen Lauf
# $date: as it shall read; $product: name and version of this program
made = Stand des Laufs: { $date }. Erstellt mit { $product }.
contents-of-run = { $tasks ->
    [one] { $tasks } Aufgabe
   *[other] { $tasks } Aufgaben
}, { $conditions ->
    [one] { $conditions } Art von Kunden
   *[other] { $conditions } Arten von Kunden
}
page = Seite { $page } von { $pages }

section-key-finding = Hauptergebnis
section-question = Fragestellung
section-set-up = Aufbau
section-findings = Ergebnisse
section-worst = Zuerst zu lesende Gespräche
section-method = Methode und Grenzen
section-appendix = Anhang

question = { $known ->
    [no] Wie gut erfüllt der Agent seine Arbeit in { $domain }, und hängt das davon ab, mit wem er spricht?
   *[yes] Wie gut erfüllt der Agent { $agent } seine Arbeit in { $domain }, und hängt das davon ab, mit wem er spricht?
}
question-customers = { $known ->
    [no] Die gleichen Aufgaben wurden mit jeder dieser Arten von Kunden bearbeitet:
   *[yes] Die gleichen Aufgaben wurden mit jeder dieser Arten von Kunden bearbeitet, simuliert von { $customer }:
}
question-alone = { $known ->
    [no] Die Aufgaben wurden mit einer Art von Kunden bearbeitet: { $name }.
   *[yes] Die Aufgaben wurden mit einer Art von Kunden bearbeitet, simuliert von { $customer }: { $name }.
}

fact-domain = Domäne
fact-agent = Agent
fact-customer = Kunde

practice-label = Übung, kein echtes Modell: Die Zahlen zeigen, wie das Programm arbeitet, und sagen nichts über einen Agenten aus.

table-results = Erfolgsquote nach Art der Kunden
figure = Abbildung { $number }. { $title }
# n of every figure; $scored and $planned are conversations
figure-n = n = { $tasks ->
    [one] { $tasks } Aufgabe
   *[other] { $tasks } Aufgaben
}, { $scored } von { $planned } Gesprächen bewertet.
no-charts = Es gibt noch nichts zu zeichnen.
as-table = Die Abbildung als Tabelle
in-words = Die Abbildung in Worten

column-condition = Kunden
column-scored = Bewertet
column-success = Erfolgsquote (95-%-KI)
column-change = Änderung in Prozentpunkten (95-%-KI)
column-verdict = Befund
column-p = p
column-tasks = Verglichene Aufgaben
column-left-out = Ausgelassene Aufgaben
column-broke = Verschlechterte Aufgaben
column-fixed = Verbesserte Aufgaben
column-same = Gleich gebliebene Aufgaben
column-pass-k = Alle { $k } Versuche gelingen (95-%-KI)
column-task = Aufgabe
column-title = Titel
column-baseline = { $name }
column-with = Bei
column-succeeded = Erfolgreiche Versuche
column-fell = Änderung in Prozentpunkten
column-customers-shown = Merkmale der Kunden

scored-of = { $scored } von { $planned }
# beside figures without an interval
not-scored = nicht bewertet
estimate = { $estimate } ({ $range })
verdict-worse = schlechter
verdict-better = besser
verdict-no-meaningful-change = keine nennenswerte Änderung
verdict-cannot-tell = unklar
shown-shown = gezeigt
shown-weak = schwach
shown-cannot-tell = unklar
shown-not-shown = nicht gezeigt

worst-tasks = Am stärksten verschlechterte Aufgaben
worst-tasks-lead = Aufgaben danach geordnet, wie stark die Erfolgsquote bei einer Art von Kunden sank, gegenüber „{ $baseline }“ bei derselben Aufgabe.
worst-tasks-alone = Aufgaben danach geordnet, wie selten sie gelangen.
worst-none = Keine Aufgabe gelang seltener als bei „{ $baseline }“.
worst-none-alone = Kein Gespräch ist gescheitert.
worst-conversation = Aufgabe { $task } · { $condition } · Versuch { $attempt }
worst-fault = Ursache: { $fault }
said-customer = Kunde
said-agent = Agent
said-tool = Aktion

method-unit = Die Analyseeinheit ist die Aufgabe. Die Versuche an einer Aufgabe sind nicht unabhängig voneinander, daher zählt jede Aufgabe einmal, mit dem Anteil ihrer erfolgreichen Versuche.
method-rate = Die Erfolgsquote ist der Mittelwert über die Aufgaben. Ihr 95-%-Konfidenzintervall ist ein Wilson-Intervall mit der effektiven Zahl der Gespräche; diese berücksichtigt, dass sich Versuche an derselben Aufgabe ähneln.
method-difference = Änderungen sind gepaart: Für jede Aufgabe wird die Erfolgsquote bei „{ $baseline }“ von der Erfolgsquote bei den anderen Kunden abgezogen; das 95-%-Konfidenzintervall der mittleren Differenz ist ein t-Intervall über die Aufgaben (Newcombe-Intervall, wenn sich jede Aufgabe gleich änderte). Verglichen werden nur Aufgaben, die auf beiden Seiten bewertet sind.
method-few = Bei weniger als { $n } Aufgaben werden nur Anzahlen angegeben, keine Intervalle.
method-verdicts = Der Befund lautet „schlechter“ oder „besser“, wenn das ganze Intervall auf einer Seite der Null liegt, „keine nennenswerte Änderung“, wenn es die Null einschließt und höchstens { $margin } Prozentpunkte von ihr abweicht, und sonst „unklar“.
method-margin-changed = Die Relevanzschwelle betrug bei der Planung des Laufs { $planned } Prozentpunkte und wurde danach auf { $margin } Prozentpunkte geändert.
method-test = Die p-Werte stammen aus einem Permutationstest mit Vorzeichenwechseln über die Aufgaben mit dem Startwert { $seed } (bei einem Versuch je Aufgabe aus dem exakten McNemar-Test) und sind nach Holm für die Zahl der Vergleiche korrigiert.
method-pass-k = „Alle { $k } Versuche gelingen“ ist pass^{ $k }: die Wahrscheinlichkeit, dass { $k } Versuche an derselben Aufgabe alle gelingen, über die Aufgaben mit so vielen bewerteten Versuchen.
method-not-scored = Gespräche, die aus technischen Gründen nicht beendet werden konnten, zählen weder als Erfolg noch als Fehlschlag: { $count } von { $planned } Gesprächen { $count ->
    [one] wurde
   *[other] wurden
} nicht bewertet.
method-open = { $count } von { $planned } Gesprächen { $count ->
    [one] war
   *[other] waren
} noch nicht beendet, als dies geschrieben wurde.
method-excluded = Von der auswertenden Person ausgelassen: { $count ->
    [one] Aufgabe { $tasks }
   *[other] { $count } Aufgaben ({ $tasks })
}.
method-left-out = Von der auswertenden Person ausgelassen, weil der Fehler beim Kunden lag: { $count ->
    [one] { $count } Gespräch
   *[other] { $count } Gespräche
}.
method-customers = Die Kunden sind simuliert. Für Menschen gelten die Zahlen nur so weit, wie die Simulation trägt; ob die simulierten Kunden ihre Merkmale zeigten, steht im Anhang.
method-independence = Versuche an einer Aufgabe gelten als unabhängig, wenn die Aufgabe gegeben ist. Ein Anbieter, der wiederholte Anfragen aus einem Zwischenspeicher beantwortet, verletzt diese Annahme.
method-sample = Die Intervalle betrachten die Aufgaben als Stichprobe der Arbeit, um die es geht. Über andere Arbeit sagen sie nichts aus.
method-effort = Der Erfolg bemisst sich am Zustand der Datensätze am Ende und an dem, was dem Kunden mitzuteilen war, nicht daran, wie angenehm das Gespräch war.

appendix-results = Zahlen zu jeder Art von Kunden
appendix-fidelity = Haben die Kunden ihre Merkmale gezeigt?
appendix-tasks = Jede Aufgabe: erfolgreiche von den bewerteten Versuchen
appendix-tasks-key = Spalten: { $columns }.
appendix-more = { $count ->
    [one] { $count } weitere Aufgabe steht
   *[other] { $count } weitere Aufgaben stehen
} in der Arbeitsmappe.
appendix-elsewhere = Jedes Gespräch steht in der Arbeitsmappe und, mit allen Nachrichten, in der Gesprächsdatei (JSONL) dieses Laufs.

sheet-summary = Zusammenfassung
sheet-conditions = Kunden
sheet-tasks = Aufgaben
sheet-conversations = Gespräche
sheet-chart = Abbildung { $number }
sheet-method = Methode

book-passed = { $name }: erfolgreich
book-scored = { $name }: bewertet
book-condition-id = Bedingung
book-attempt = Versuch
book-outcome = Ergebnis
book-reward = Reward
book-why = Grund
book-messages = Nachrichten
book-tool-calls = Tool-Aufrufe
book-steps = Schritte des Agenten
book-cost = Kosten (US-Dollar)
book-seconds = Dauer (Sekunden)
book-fault = Ursache
book-tags = Fehlerarten
book-planned = Geplante Gespräche
book-scored-count = Bewertete Gespräche
book-passed-count = Erfolgreiche Gespräche
book-rate = Erfolgsquote (%)
book-rate-low = Erfolgsquote, Untergrenze 95-%-KI (%)
book-rate-high = Erfolgsquote, Obergrenze 95-%-KI (%)
book-baseline-rate = { $name } bei den gleichen Aufgaben (%)
book-change = Änderung (Prozentpunkte)
book-change-low = Änderung, Untergrenze 95-%-KI (Prozentpunkte)
book-change-high = Änderung, Obergrenze 95-%-KI (Prozentpunkte)
book-p = p (Holm)
book-pass-k = Alle { $k } Versuche gelingen (%)
book-drawn = Gezeichnete Daten
book-for-chart = Was das Diagramm daneben zeigt
book-plus = { $name }: Intervall nach oben
book-minus = { $name }: Intervall nach unten
book-cut = Gekürzt: Eine Zelle fasst höchstens 32 767 Zeichen. Der ganze Text steht in der Gesprächsdatei (JSONL).
book-rows-cut = { $count ->
    [one] { $count } weitere Zeile passt
   *[other] { $count } weitere Zeilen passen
} nicht auf ein Blatt.

outcome-passed = erfolgreich
outcome-failed = gescheitert
outcome-not-scored = nicht bewertet
outcome-pending = noch nicht ausgeführt
outcome-running = läuft

plot-points = Prozentpunkte
plot-success = Erfolgsquote (%)
plot-level = Stufe
plot-measured = Gemessene Stufe
plot-contrast = Kontrast (Nats je Token)
plot-turns = Runden
plot-tool-calls = Tool-Aufrufe
plot-dollars = US-Dollar
plot-seconds = Sekunden
plot-conversations = Gespräche
plot-tasks = Aufgaben
plot-share = Anteil der Gespräche (%)
plot-k = k
fault-user = Kunde
fault-agent = Agent
fault-environment = Umgebung
fault-grader = Bewertung
fault-unjudged = Nicht beurteilt
