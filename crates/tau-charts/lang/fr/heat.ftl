# The heat map: models or domains down, conditions across, the change of success in each cell.
#
# $line: a model or domain; $column: a condition; both as the person wrote them.
# $points: "12 points"; $change: "−12 points"; $range: "5 à 19"; $baseline: "74 %"; $tasks: "50 tâches".

# The one sentence of the chart.
heat-nothing = Rien n’a encore été comparé.
heat-few = Avec moins de 10 tâches par comparaison, seuls des décomptes sont possibles ; la plus forte variation est de { $change }, pour { $line } avec « { $column } » ({ $tasks }).
heat-fell-one = Sur { $all } comparaisons, une montre une baisse avérée : pour { $line }, le taux de réussite a baissé de { $points } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-fell = Sur { $all } comparaisons, { $clear } montrent une baisse avérée ; la plus forte est de { $points }, pour { $line } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-fell-only = Pour { $line }, le taux de réussite a baissé de { $points } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-rose-one = Sur { $all } comparaisons, aucune ne montre une baisse avérée et une montre une hausse avérée : pour { $line }, le taux de réussite a augmenté de { $points } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-rose = Sur { $all } comparaisons, aucune ne montre une baisse avérée et { $clear } montrent une hausse avérée ; la plus forte est de { $points }, pour { $line } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-rose-only = Pour { $line }, le taux de réussite a augmenté de { $points } avec « { $column } » (IC à 95 % : { $range } ; { $tasks }).
heat-unchanged = Aucune comparaison ne montre de changement notable : chaque intervalle contient zéro et reste dans la marge ({ $all } en tout).
heat-cannot-tell = Impossible de dire si le taux de réussite change : tous les intervalles contiennent zéro ({ $all } comparaisons ; plus fort écart : { $change }, pour { $line } avec « { $column } » ; IC à 95 % : { $range } ; { $tasks }).
heat-cannot-tell-only = Impossible de dire si le taux de réussite change pour { $line } avec « { $column } » : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $tasks }).

# A cell in words.
heat-cell = { $line }, { $column } : variation du taux de réussite de { $change } (IC à 95 % : { $range } ; { $tasks }) ; { $verdict }.
heat-cell-few = { $line }, { $column } : variation du taux de réussite de { $change } sur { $tasks }, trop peu pour un intervalle.
heat-cell-alone = { $line }, { $column } : { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } sur { $planned }, sans élément de comparaison.
heat-cell-none = { $line }, { $column } : pas exécuté.
heat-cell-shown = { $cell } Vérification des clients : { $shown }.
heat-cell-marked = { $cell } La référence ne diffère pas seulement par ses clients.
heat-baseline = { $line } : { $baseline } de réussite sans traits.

# In the picture.
heat-baseline-head = Sans traits
heat-not-run = pas exécuté
heat-nothing-to-compare = non noté
heat-scale = Variation du taux de réussite par rapport à la référence, en points
heat-scale-worse = moins bon
heat-scale-better = meilleur
heat-key-hatched = hachuré : l’intervalle contient zéro
heat-key-few = encadré : moins de 10 tâches, pas d’intervalle
heat-key-weak = trait peu manifesté par les clients
heat-key-not-shown = trait non manifesté par les clients
heat-key-cannot-tell = trait non vérifié
heat-key-marked = la référence ne diffère pas seulement par ses clients
heat-caption = Dans chaque case, la variation en points et, si la place le permet, son intervalle de confiance à 95 %. { $tasks } par comparaison.
heat-caption-between = Dans chaque case, la variation en points et, si la place le permet, son intervalle de confiance à 95 %. { $between } tâches par comparaison.
heat-caption-few = Dans chaque case, la variation en points. { $tasks } par comparaison.
heat-caption-few-between = Dans chaque case, la variation en points. { $between } tâches par comparaison.
