# The slope chart: success in two releases of an agent, a line a condition.
#
# $left, $right: names of the earlier and the later release; $name: of a condition, as the person wrote them.
# $condition: "baseline" for customers without traits, "other" otherwise.
# $points: "12 points"; $change: "−12 points"; $range: "5 à 19"; $tasks: "50 tâches"; $clear: how many conditions
#   changed as clearly.

slope-where = { $condition ->
    [baseline] De « { $left } » à « { $right } », le taux de réussite sans traits
   *[other] De « { $left } » à « { $right } », le taux de réussite avec « { $name } »
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } baisses avérées
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] , la plus forte des { $clear } hausses avérées
}

# The one sentence of the chart.
slope-nothing = Les deux versions n’ont encore aucune tâche notée en commun.
slope-fell = { slope-where } a baissé de { $points } (IC à 95 % : { $range } ; { $tasks }){ slope-among-drops }.
slope-rose = { slope-where } a augmenté de { $points } (IC à 95 % : { $range } ; { $tasks }){ slope-among-rises }.
slope-unchanged = { slope-where } n’a pas changé de façon notable ({ $change } ; IC à 95 % : { $range } ; { $tasks }).
slope-unchanged-all = De « { $left } » à « { $right } », le taux de réussite n’a changé de façon notable dans aucune des { $conditions } conditions.
slope-cannot-tell = { $condition ->
    [baseline] Impossible de dire si le taux de réussite sans traits a changé de « { $left } » à « { $right } » : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $tasks }).
   *[other] Impossible de dire si le taux de réussite avec « { $name } » a changé de « { $left } » à « { $right } » : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] Impossible de dire si le taux de réussite a changé de « { $left } » à « { $right } » : tous les intervalles contiennent zéro (plus fort écart, sans traits : { $change } ; IC à 95 % : { $range } ; { $tasks }).
   *[other] Impossible de dire si le taux de réussite a changé de « { $left } » à « { $right } » : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $tasks }).
}
# Below ten tasks. $before and $after: "72 %".
slope-few = { slope-where } est passé de { $before } à { $after } ; { $n ->
    [one] { $n } tâche ne suffit pas pour en dire plus.
   *[other] { $n } tâches ne suffisent pas pour en dire plus.
}

# A condition in words. $between, $former, $latter: "yes" where there is an interval of the change, of the earlier
# release, of the later one. $way: same, lower or higher.
slope-before = { $former ->
    [yes] { $before } de réussite pour « { $left } » (IC à 95 % : { $before-range } %)
   *[no] { $before } de réussite pour « { $left } »
}
slope-after = { $latter ->
    [yes] { $after } pour « { $right } » (IC à 95 % : { $after-range } %)
   *[no] { $after } pour « { $right } »
}
slope-way = { $way ->
    [same] aucun écart
    [lower] { $points } de moins
   *[higher] { $points } de plus
}
slope-row = { $between ->
    [yes] { $name } : { slope-before }, { slope-after }, { slope-way } (IC à 95 % : { $range }) ; { $verdict } ; { $tasks }.
   *[no] { $name } : { slope-before }, { slope-after }, { slope-way } (trop peu de tâches pour un intervalle) ; { $tasks }.
}

# In the picture.
slope-too-few = trop peu de tâches
slope-caption = { $tasks } avec une note dans les deux versions, comparaison tâche par tâche. Symboles pleins à droite : zéro est en dehors de l’intervalle de confiance à 95 % de la variation.
slope-caption-few = { $tasks } avec une note dans les deux versions, comparaison tâche par tâche. Trop peu de tâches pour des intervalles de confiance.
slope-caption-between = { $low } à { $high } tâches avec une note dans les deux versions, comparaison tâche par tâche. Symboles pleins à droite : zéro est en dehors de l’intervalle de confiance à 95 % de la variation.
slope-caption-lines = Barres verticales : intervalle de confiance à 95 % de chaque taux.

# Columns of the table. $run: a release's name.
slope-column-id = Id
slope-column-name = Condition
slope-column-tasks = Tâches comparées
slope-column-rate = Réussite, { $run } (%)
slope-column-rate-low = IC à 95 %, borne inf., { $run } (%)
slope-column-rate-high = IC à 95 %, borne sup., { $run } (%)
slope-column-change = Variation (points)
slope-column-low = IC à 95 %, borne inf. (points)
slope-column-high = IC à 95 %, borne sup. (points)
slope-column-verdict = Verdict
