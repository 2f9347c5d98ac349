# Titles of charts, and why one cannot be drawn yet: a sentence that says what to do.

title-forest-success = Réussite par condition
title-forest-turns = Tours par conversation
title-forest-tool_calls = Appels d’outils par conversation
title-forest-cost = Coût d’une conversation
title-forest-seconds = Durée d’une conversation
title-pass_k = Fiabilité sur plusieurs tentatives (pass^k)
title-response = Réussite selon le niveau d’un trait
title-dose = Niveaux des traits, demandés et mesurés
title-flips = Tâches qui ont basculé
title-faults = À qui revient la faute des échecs
title-tags = Ce qui n’a pas fonctionné dans les échecs
title-heat-models = Variation du taux de réussite par agent
title-heat-domains = Variation du taux de réussite par domaine
title-slope = De { $left } à { $right }
title-slope-two = Deux versions

missing-nothing-scored = Rien n’a encore été noté. Le graphique apparaîtra avec les premières conversations notées.
missing-comparison = Lancez un deuxième type de clients en plus de la référence pour voir ce qui change.
missing-turns = Le nombre de tours par conversation n’est pas connu pour cette exécution.
missing-tool_calls = Le nombre d’appels d’outils par conversation n’est pas connu pour cette exécution.
missing-cost = Le coût des conversations n’est pas connu. Indiquez les prix des modèles utilisés : la prochaine exécution les prendra en compte.
missing-cost-nothing = Aucune conversation n’a rien coûté : il n’y a donc rien à comparer.
missing-seconds = La durée des conversations n’est pas connue pour cette exécution.
missing-pass_k = Lancez chaque tâche au moins deux fois pour voir à quelle fréquence toutes les tentatives réussissent.
missing-response = Lancez deux niveaux d’un trait pour voir la réussite selon son niveau.
missing-dose = Lancez des clients ayant un trait pour voir le niveau demandé et le niveau mesuré.
missing-no-failure = Aucune conversation n’a échoué ; il n’y a donc pas de faute à montrer.
missing-tags = Faites juger les échecs par un modèle pour voir ce qui n’a pas fonctionné.
missing-heat = Lancez un trait et une référence pour voir ce qui change.
missing-models = Choisissez des exécutions d’au moins deux agents pour les comparer.
missing-domains = Choisissez des exécutions dans au moins deux domaines pour les comparer.
missing-slope-two = Choisissez deux exécutions, une plus ancienne et une plus récente.
missing-slope-domain = Choisissez deux exécutions dans le même domaine : les tâches sont comparées une à une.
missing-slope-data = Le contenu du domaine diffère entre les deux exécutions ; elles ne sont donc pas comparées. Relancez l’ancien agent avec le contenu actuel.
missing-slope-grader = Les deux exécutions ont été notées selon des règles différentes ; elles ne sont donc pas comparées. Relancez l’ancien agent.
missing-slope-conditions = Les deux exécutions n’ont aucune condition commune notée des deux côtés. Lancez les mêmes types de clients avec les deux agents.

dose-traits = Traits
dose-by-markers = { $name }, d’après les marqueurs
dose-by-directions = { $name }, d’après les directions du modèle local
dose-by-judge = { $name }, d’après le juge
