# The report and the workbook of a run.
# Names ($agent, $domain, $name, ...) are put in as the person wrote them. Figures in text arguments
# ($size, $rate, ...) are already written as the language writes them.

report-of-a-run = Rapport d’exécution
# $date: as it shall read; $product: name and version of this program
made = État de l’exécution au { $date }. Établi avec { $product }.
contents-of-run = { $tasks ->
    [one] { $tasks } tâche
   *[other] { $tasks } tâches
}, { $conditions ->
    [one] { $conditions } type de clients
   *[other] { $conditions } types de clients
}
page = Page { $page } sur { $pages }

section-key-finding = Résultat principal
section-question = Question
section-set-up = Configuration
section-findings = Résultats
section-worst = Conversations à lire en premier
section-method = Méthode et limites
section-appendix = Annexe

question = { $known ->
    [no] Dans quelle mesure l’agent fait-il bien son travail dans le domaine { $domain }, et cela dépend-il de la personne à qui il parle ?
   *[yes] Dans quelle mesure l’agent { $agent } fait-il bien son travail dans le domaine { $domain }, et cela dépend-il de la personne à qui il parle ?
}
question-customers = { $known ->
    [no] Les mêmes tâches ont été effectuées avec chacun de ces types de clients :
   *[yes] Les mêmes tâches ont été effectuées avec chacun de ces types de clients, simulés par { $customer } :
}
question-alone = { $known ->
    [no] Les tâches ont été effectuées avec un seul type de clients : { $name }.
   *[yes] Les tâches ont été effectuées avec un seul type de clients, simulés par { $customer } : { $name }.
}

fact-domain = Domaine
fact-agent = Agent
fact-customer = Client

practice-label = Exercice, pas un vrai modèle : les chiffres montrent comment fonctionne le programme et ne disent rien d’un agent.

table-results = Réussite par type de clients
figure = Figure { $number }. { $title }
# n of every figure; $scored and $planned are conversations
figure-n = n = { $tasks ->
    [one] { $tasks } tâche
   *[other] { $tasks } tâches
}, { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } sur { $planned }.
no-charts = Il n’y a encore rien à représenter.
as-table = Les chiffres sous forme de tableau
in-words = La figure en mots

column-condition = Clients
column-scored = Notées
column-success = Réussite (IC à 95 %)
column-change = Variation en points (IC à 95 %)
column-verdict = Verdict
column-p = p
column-tasks = Tâches comparées
column-left-out = Tâches écartées
column-broke = Tâches dégradées
column-fixed = Tâches améliorées
column-same = Tâches inchangées
column-pass-k = { $k ->
    [1] Réussite de la tentative (IC à 95 %)
   *[other] Réussite des { $k } tentatives (IC à 95 %)
}
column-task = Tâche
column-title = Titre
column-baseline = { $name }
column-with = Avec
column-succeeded = Tentatives réussies
column-fell = Variation en points
column-customers-shown = Traits des clients

scored-of = { $scored } sur { $planned }
# beside figures without an interval
not-scored = non noté
estimate = { $estimate } ({ $range })
verdict-worse = moins bon
verdict-better = meilleur
verdict-no-meaningful-change = aucun changement notable
verdict-cannot-tell = non concluant
shown-shown = manifesté
shown-weak = faible
shown-cannot-tell = non concluant
shown-not-shown = non manifesté

worst-tasks = Tâches les plus dégradées
worst-tasks-lead = Tâches selon la baisse du taux de réussite avec un type de clients, par rapport à { $baseline } sur la même tâche.
worst-tasks-alone = Tâches de la moins souvent réussie à la plus souvent réussie.
worst-none = Aucune tâche n’a été réussie moins souvent qu’avec { $baseline }.
worst-none-alone = Aucune conversation n’a échoué.
worst-conversation = Tâche { $task } · { $condition } · tentative { $attempt }
worst-fault = Faute : { $fault }
said-customer = Client
said-agent = Agent
said-tool = Action

method-unit = L’unité d’analyse est la tâche. Les tentatives d’une même tâche ne sont pas indépendantes les unes des autres ; chaque tâche compte donc une fois, avec la part de ses tentatives réussies.
method-rate = Le taux de réussite est la moyenne sur les tâches. Son intervalle de confiance à 95 % est un intervalle de Wilson calculé avec le nombre effectif de conversations, qui tient compte de la ressemblance entre les tentatives d’une même tâche.
method-difference = Les variations sont appariées : pour chaque tâche, le taux de réussite avec { $baseline } est soustrait du taux de réussite avec les autres clients, et l’intervalle de confiance à 95 % de la différence moyenne est un intervalle t sur les tâches (intervalle de Newcombe lorsque toutes les tâches ont varié de la même façon). Seules les tâches notées des deux côtés sont comparées.
method-few = Avec moins de { $n } tâches, seuls des décomptes sont donnés, sans intervalles.
method-verdicts = Un verdict indique « moins bon » ou « meilleur » lorsque l’intervalle se trouve tout entier d’un même côté de zéro, « aucun changement notable » lorsqu’il contient zéro et ne s’en écarte pas de plus de { $margin } points, et « non concluant » dans les autres cas.
method-margin-changed = La marge était de { $planned } points lors de la planification de l’exécution et a été fixée à { $margin } points par la suite.
method-test = Les valeurs p proviennent d’un test de permutation par inversion de signes sur les tâches, avec la graine { $seed } (test exact de McNemar s’il n’y a qu’une tentative par tâche), et sont corrigées du nombre de comparaisons par la méthode de Holm.
method-pass-k = « Réussite des { $k } tentatives » désigne pass^{ $k } : la probabilité que { $k } tentatives d’une même tâche réussissent toutes, sur les tâches ayant autant de tentatives notées.
method-not-scored = Les conversations qui n’ont pas pu être terminées pour des raisons techniques ne comptent ni comme réussite ni comme échec : { $count ->
    [one] { $count } conversation n’a pas été notée
   *[other] { $count } conversations n’ont pas été notées
} sur { $planned }.
method-open = { $count ->
    [one] { $count } conversation sur { $planned } n’était pas terminée au moment de la rédaction.
   *[other] { $count } conversations sur { $planned } n’étaient pas terminées au moment de la rédaction.
}
method-excluded = Écarté par la personne qui a examiné le résultat : { $count ->
    [1] tâche { $tasks }
   *[other] { $count } tâches ({ $tasks })
}.
method-left-out = Écarté par la personne qui a examiné le résultat, car le client était en faute : { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}.
method-customers = Les clients sont simulés. Les chiffres ne valent pour de vraies personnes que dans la mesure où la simulation leur ressemble ; l’annexe indique si les clients simulés ont manifesté leurs traits.
method-independence = Les tentatives d’une tâche sont supposées indépendantes, la tâche étant donnée. Un fournisseur qui répond aux requêtes répétées à partir d’un cache enfreint cette hypothèse.
method-sample = Les intervalles considèrent les tâches comme un échantillon du travail étudié. Ils ne disent rien d’un autre travail.
method-effort = La réussite est mesurée d’après l’état final des données et d’après ce qu’il fallait dire au client, et non d’après l’agrément de la conversation.

appendix-results = Chiffres de chaque type de clients
appendix-fidelity = Les clients ont-ils manifesté leurs traits ?
appendix-tasks = Toutes les tâches : tentatives réussies parmi les tentatives notées
appendix-tasks-key = Colonnes : { $columns }.
appendix-more = { $count ->
    [one] { $count } autre tâche figure
   *[other] { $count } autres tâches figurent
} dans le classeur.
appendix-elsewhere = Toutes les conversations figurent dans le classeur et, avec tous leurs messages, dans le fichier de conversations (JSONL) de cette exécution.

sheet-summary = Synthèse
sheet-conditions = Clients
sheet-tasks = Tâches
sheet-conversations = Conversations
sheet-chart = Figure { $number }
sheet-method = Méthode

book-passed = { $name } : réussies
book-scored = { $name } : notées
book-condition-id = Condition
book-attempt = Tentative
book-outcome = Issue
book-reward = Récompense
book-why = Motif
book-messages = Messages
book-tool-calls = Appels d’outils
book-steps = Étapes de l’agent
book-cost = Coût (dollars US)
book-seconds = Durée (secondes)
book-fault = Faute
book-tags = Étiquettes
book-planned = Conversations prévues
book-scored-count = Conversations notées
book-passed-count = Conversations réussies
book-rate = Réussite (%)
book-rate-low = Réussite, IC à 95 %, borne inf. (%)
book-rate-high = Réussite, IC à 95 %, borne sup. (%)
book-baseline-rate = { $name } sur les mêmes tâches (%)
book-change = Variation (points)
book-change-low = Variation, IC à 95 %, borne inf. (points)
book-change-high = Variation, IC à 95 %, borne sup. (points)
book-p = p (Holm)
book-pass-k = { $k ->
    [1] Réussite de la tentative (%)
   *[other] Réussite des { $k } tentatives (%)
}
book-drawn = Données représentées
book-for-chart = Ce que montre le graphique ci-contre
book-plus = { $name } : intervalle, côté haut
book-minus = { $name } : intervalle, côté bas
book-cut = Tronqué : une cellule contient au plus 32 767 caractères. Le texte entier se trouve dans le fichier de conversations (JSONL).
book-rows-cut = { $count ->
    [one] { $count } autre ligne ne tient pas
   *[other] { $count } autres lignes ne tiennent pas
} dans une feuille.

outcome-passed = réussie
outcome-failed = échouée
outcome-not-scored = non notée
outcome-pending = pas encore lancée
outcome-running = en cours

plot-points = Points
plot-success = Réussite (%)
plot-level = Niveau
plot-measured = Niveau mesuré
plot-contrast = Contraste (nats par token)
plot-turns = Tours
plot-tool-calls = Appels d’outils
plot-dollars = Dollars US
plot-seconds = Secondes
plot-conversations = Conversations
plot-tasks = Tâches
plot-share = Part des conversations (%)
plot-k = k
fault-user = Client
fault-agent = Agent
fault-environment = Environnement
fault-grader = Notation
fault-unjudged = Non jugé
