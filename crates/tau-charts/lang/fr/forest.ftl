# The dot and forest chart: success or effort under each condition, and its change from the baseline.
#
# $measure: success, turns, tool_calls, cost (of a conversation, in US dollars) or seconds (how long it took).
# $name, $baseline: names of conditions, as the person wrote them. $known, $customers: English only, not used here.
# $points: "12 points"; $size, $low, $high, $rate: figures with their unit ("2,1", "0,03 $", "14 s", "72 %").
# $change: "−12 points" or "+0,03 $"; $range: "5 à 19"; $design: "50 tâches × 3 tentatives"; $tasks: "50 tâches".

# How the parts of the sentences below begin and end.
forest-under = Avec « { $name } »
# The baseline after a figure; $named is "yes" where it is not the one without traits.
forest-baseline = { $named ->
    [yes] avec « { $baseline } »
   *[no] sans traits
}
forest-against = { $named ->
    [yes] {" "}par rapport à « { $baseline } »
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } baisses avérées
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } hausses avérées
}
forest-too-few = { $tasks-few ->
    [one] { $tasks-few } tâche ne suffit pas pour en dire plus.
   *[other] { $tasks-few } tâches ne suffisent pas pour en dire plus.
}
forest-design = { $tasks } × { $attempts }
forest-tasks-between = { $low } à { $high } tâches

# The one sentence of the chart.
forest-nothing = Rien n’a encore été noté.
forest-not-shown = Les clients de « { $name } » n’ont pas manifesté le trait ; la variation n’en dit donc rien.
forest-fell = { forest-under }, le taux de réussite a baissé de { $points }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-drops }.
forest-rose = { forest-under }, le taux de réussite a augmenté de { $points }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-rises }.
forest-unchanged = { forest-under }, le taux de réussite n’a pas changé de façon notable{ forest-against } : l’intervalle ne s’écarte pas de zéro de plus de { $margin } ({ $design }).
forest-unchanged-all = Aucun trait n’a changé le taux de réussite de façon notable{ forest-against } : aucun intervalle ne s’écarte de zéro de plus de { $margin }.
forest-cannot-tell = Impossible de dire si « { $name } » change le taux de réussite{ forest-against } : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $design }).
forest-cannot-tell-any = Impossible de dire si un trait change le taux de réussite{ forest-against } : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $design }).
forest-few = Conversations réussies : { $passed } sur { $scored } avec « { $name } », { $baseline-passed } sur { $baseline-scored } { forest-baseline } ; { forest-too-few }
forest-alone = { $condition ->
    [baseline] L’agent a réussi { $rate } des conversations (IC à 95 % : { $range } % ; { $conversations } avec une note).
   *[other] Avec « { $name } », l’agent a réussi { $rate } des conversations (IC à 95 % : { $range } % ; { $conversations } avec une note).
}
forest-alone-few = { $condition ->
    [baseline] Réussites de l’agent : { $passed } sur { $conversations }.
   *[other] Réussites de l’agent avec « { $name } » : { $passed } sur { $conversations }.
}

# The sentence where effort is measured.
forest-among-increases = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } hausses avérées
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } baisses avérées
}
forest-more = { $measure ->
    [turns] { forest-under }, le nombre de tours par conversation a augmenté de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-increases }.
    [tool_calls] { forest-under }, le nombre d’appels d’outils par conversation a augmenté de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-increases }.
    [cost] { forest-under }, le coût d’une conversation a augmenté de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-increases }.
   *[seconds] { forest-under }, la durée d’une conversation a augmenté de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under }, le nombre de tours par conversation a baissé de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under }, le nombre d’appels d’outils par conversation a baissé de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-decreases }.
    [cost] { forest-under }, le coût d’une conversation a baissé de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-decreases }.
   *[seconds] { forest-under }, la durée d’une conversation a baissé de { $size }{ forest-against } (IC à 95 % : { $range } ; { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] Impossible de dire si « { $name } » change le nombre de tours par conversation{ forest-against } : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $design }).
    [tool_calls] Impossible de dire si « { $name } » change le nombre d’appels d’outils par conversation{ forest-against } : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $design }).
    [cost] Impossible de dire si « { $name } » change le coût d’une conversation{ forest-against } : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $design }).
   *[seconds] Impossible de dire si « { $name } » change la durée d’une conversation{ forest-against } : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] Impossible de dire si un trait change le nombre de tours par conversation{ forest-against } : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $design }).
    [tool_calls] Impossible de dire si un trait change le nombre d’appels d’outils par conversation{ forest-against } : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $design }).
    [cost] Impossible de dire si un trait change le coût d’une conversation{ forest-against } : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $design }).
   *[seconds] Impossible de dire si un trait change la durée d’une conversation{ forest-against } : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $design }).
}
forest-effort-few = { $measure ->
    [turns] Nombre moyen de tours par conversation : { $rate } avec « { $name } », { $baseline-rate } { forest-baseline } ; { forest-too-few }
    [tool_calls] Nombre moyen d’appels d’outils par conversation : { $rate } avec « { $name } », { $baseline-rate } { forest-baseline } ; { forest-too-few }
    [cost] Coût moyen d’une conversation : { $rate } avec « { $name } », { $baseline-rate } { forest-baseline } ; { forest-too-few }
   *[seconds] Durée moyenne d’une conversation : { $rate } avec « { $name } », { $baseline-rate } { forest-baseline } ; { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] Nombre moyen de tours par conversation : { $rate } ({ $conversations }).
    [tool_calls] Nombre moyen d’appels d’outils par conversation : { $rate } ({ $conversations }).
    [cost] Coût moyen d’une conversation : { $rate } ({ $conversations }).
   *[seconds] Durée moyenne d’une conversation : { $rate } ({ $conversations }).
}

# A row in words.
forest-row = { $name } : { forest-amount } contre { $baseline-rate } { forest-baseline }, { forest-way } ({ forest-interval }) ; { $verdict } ; { $tasks } ; { forest-scored }.
forest-row-alone = { $name } : { forest-amount } ; { forest-scored }.
forest-row-nothing = { $name } : rien à montrer pour l’instant ; { forest-scored }.
forest-row-not-shown = Or les clients n’ont pas manifesté le trait.
forest-row-weak = Or les clients n’ont manifesté le trait que faiblement.
forest-amount = { $measure ->
    [success] { $rate } de réussite
    [turns] { $rate } tours par conversation
    [tool_calls] { $rate } appels d’outils par conversation
   *[other] { $rate } par conversation
}
# $way: same, lower or higher; $size: the change without its sign.
forest-way = { $way ->
    [same] aucun écart
    [lower] { $size } de moins
   *[higher] { $size } de plus
}
# $interval: "yes" where there is one.
forest-interval = { $interval ->
    [yes] intervalle de confiance à 95 % : { $range }
   *[no] trop peu de tâches pour un intervalle
}
forest-scored = { $measure ->
    [success] { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } sur { $planned }
   *[other] { $scored ->
        [one] { $scored } conversation mesurée
       *[other] { $scored } conversations mesurées
    } sur { $planned }
}

# In the picture.
forest-level = { $measure ->
    [success] Réussite
    [turns] Tours par conversation
    [tool_calls] Appels d’outils par conversation
    [cost] Coût par conversation
   *[seconds] Durée par conversation
}
# $unit as $measure, with minutes where times are long.
forest-change = { $unit ->
    [success] Variation, en points
    [turns] Variation, en tours
    [tool_calls] Variation, en appels d’outils
    [cost] Variation, en dollars US
    [minutes] Variation, en minutes
   *[seconds] Variation, en secondes
}
forest-figures = Variation (IC à 95 %)
forest-left = { $measure ->
    [success] moins bon
   *[other] moins
}
forest-right = { $measure ->
    [success] meilleur
   *[other] plus
}
forest-no-clear-change = aucun changement avéré
forest-no-change = aucun changement
forest-not-scored = pas encore noté
forest-too-few-to-tell = trop peu de tâches
# The level of the baseline in the column of figures.
forest-baseline-level = { $measure ->
    [success] { $rate } de réussite
    [turns] { $rate } tours
    [tool_calls] { $rate } appels d’outils
   *[other] { $rate }
}
forest-verdict-more = en hausse
forest-verdict-less = en baisse
# Below the name of a row.
forest-part-scored = { $measure ->
    [success] { $scored ->
        [one] { $scored } notée
       *[other] { $scored } notées
    } sur { $planned }
   *[other] { $scored ->
        [one] { $scored } mesurée
       *[other] { $scored } mesurées
    } sur { $planned }
}
forest-caption = { $design }, comparaison tâche par tâche. Barres à droite : intervalle de confiance à 95 % ; symboles pleins : zéro est en dehors.
forest-caption-few = { $design }, comparaison tâche par tâche. Trop peu de tâches pour des intervalles de confiance.

# Columns of the table.
forest-column-id = Id
forest-column-name = Condition
forest-column-planned = Conversations prévues
forest-column-scored = { $measure ->
    [success] Conversations notées
   *[other] Conversations mesurées
}
forest-column-passed = Conversations réussies
forest-column-tasks = Tâches comparées
forest-column-level = { $measure ->
    [success] Réussite (%)
    [turns] Tours par conversation
    [tool_calls] Appels d’outils par conversation
    [cost] Coût par conversation ($ US)
   *[seconds] Durée par conversation (s)
}
forest-column-baseline = { $measure ->
    [success] Réussite { forest-baseline } (%)
    [turns] Tours { forest-baseline }
    [tool_calls] Appels d’outils { forest-baseline }
    [cost] Coût { forest-baseline } ($ US)
   *[seconds] Durée { forest-baseline } (s)
}
forest-column-change = { $measure ->
    [success] Variation (points)
    [turns] Variation (tours)
    [tool_calls] Variation (appels d’outils)
    [cost] Variation ($ US)
   *[seconds] Variation (s)
}
forest-column-low = { $measure ->
    [success] IC à 95 %, borne inf. (points)
    [turns] IC à 95 %, borne inf. (tours)
    [tool_calls] IC à 95 %, borne inf. (appels d’outils)
    [cost] IC à 95 %, borne inf. ($ US)
   *[seconds] IC à 95 %, borne inf. (s)
}
forest-column-high = { $measure ->
    [success] IC à 95 %, borne sup. (points)
    [turns] IC à 95 %, borne sup. (tours)
    [tool_calls] IC à 95 %, borne sup. (appels d’outils)
    [cost] IC à 95 %, borne sup. ($ US)
   *[seconds] IC à 95 %, borne sup. (s)
}
forest-column-verdict = Verdict
forest-column-trait = Trait
