# Wer die Fehlschläge verursacht hat: ein Stapel je Bedingung.
#
# $name: a condition, as the person wrote it. $failed, $scored, $n and the names of the parts: counts of
# conversations. $share: "34 %".

# The one sentence of the chart.
faults-nothing = Es ist noch nichts bewertet.
faults-none-failed = Keines von { $scored } bewerteten Gesprächen ist gescheitert.
faults-unjudged = Von { $scored } bewerteten Gesprächen { $failed ->
    [one] ist { $failed }
   *[other] sind { $failed }
} gescheitert; wer das verursacht hat, ist noch nicht beurteilt.
faults-judged = Von { $failed } Fehlschlägen in { $scored } bewerteten Gesprächen verursachte der Agent { $agent }, der Kunde { $user } und die Umgebung { $environment }; bei { $grader } ist die Bewertung zweifelhaft, bei { $unjudged } fehlt ein Urteil.
faults-judged-all = Von { $failed } Fehlschlägen in { $scored } bewerteten Gesprächen verursachte der Agent { $agent }, der Kunde { $user } und die Umgebung { $environment }; bei { $grader } ist die Bewertung zweifelhaft.

# A condition and a part in words; $share is that of the scored conversations.
faults-row = { $name }: { $failed } von { $scored } bewerteten Gesprächen gescheitert ({ $share }); Kunde { $user }, Agent { $agent }, Umgebung { $environment }, Bewertung { $grader }, nicht beurteilt { $unjudged }; { $not-scored } nicht bewertet.
faults-row-nothing = { $name }: noch nichts bewertet; { $not-scored } nicht bewertet.
faults-part-user = { $name }: { $n } von { $failed } Fehlschlägen vom Kunden verursacht ({ $share } von { $scored } bewerteten Gesprächen).
faults-part-agent = { $name }: { $n } von { $failed } Fehlschlägen vom Agenten verursacht ({ $share } von { $scored } bewerteten Gesprächen).
faults-part-environment = { $name }: { $n } von { $failed } Fehlschlägen von der Umgebung verursacht ({ $share } von { $scored } bewerteten Gesprächen).
faults-part-grader = { $name }: { $n } von { $failed } Fehlschlägen mit zweifelhafter Bewertung ({ $share } von { $scored } bewerteten Gesprächen).
faults-part-unjudged = { $name }: { $n } von { $failed } Fehlschlägen nicht beurteilt ({ $share } von { $scored } bewerteten Gesprächen).

# In the picture.
faults-user = Kunde
faults-agent = Agent
faults-environment = Umgebung
faults-grader = Bewertung
faults-not-judged = Nicht beurteilt
faults-count = { $failed } von { $scored } gescheitert
faults-not-scored = { $n } nicht bewertet
faults-no-score = noch nichts bewertet
faults-caption = Gescheiterte Gespräche als Anteil der bewerteten, nach Verursacher; unter jedem Balken die Anzahlen. Gespräche ohne Bewertung stehen gesondert und sind in keinem Balken enthalten.

# Columns of the table.
faults-column-failed = Gescheiterte Gespräche
faults-column-share = Gescheitert (% der bewerteten)
faults-column-user = Ursache: Kunde
faults-column-agent = Ursache: Agent
faults-column-environment = Ursache: Umgebung
faults-column-grader = Ursache: Bewertung
faults-column-unjudged = Ursache: nicht beurteilt
