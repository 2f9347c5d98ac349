# The curves of pass^k: the chance that all of k attempts at a task succeed.
#
# $name: a condition, as the person wrote it. $k: a number of attempts. $value: "41 %".
# $points: "12 points"; $change: "−12 points"; $range: "5 à 19"; $tasks: "50 tâches"; $clear: a count.

# The one sentence of the chart.
pass-k-nothing = Rien n’a encore été noté.
pass-k-fell = { $k ->
    [one] La probabilité de réussir une tâche en une tentative a baissé de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }) et s’établit à { $value }.
   *[other] La probabilité de réussir les { $k } tentatives d’une tâche a baissé de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }) et s’établit à { $value }.
}
pass-k-fell-of = { $k ->
    [one] La probabilité de réussir une tâche en une tentative a baissé de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }), la plus forte des { $clear } baisses avérées, et s’établit à { $value }.
   *[other] La probabilité de réussir les { $k } tentatives d’une tâche a baissé de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }), la plus forte des { $clear } baisses avérées, et s’établit à { $value }.
}
pass-k-rose = { $k ->
    [one] La probabilité de réussir une tâche en une tentative a augmenté de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }) et s’établit à { $value }.
   *[other] La probabilité de réussir les { $k } tentatives d’une tâche a augmenté de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }) et s’établit à { $value }.
}
pass-k-rose-of = { $k ->
    [one] La probabilité de réussir une tâche en une tentative a augmenté de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }), la plus forte des { $clear } hausses avérées, et s’établit à { $value }.
   *[other] La probabilité de réussir les { $k } tentatives d’une tâche a augmenté de { $points } avec « { $name } » (IC à 95 % : { $range } ; { $tasks }), la plus forte des { $clear } hausses avérées, et s’établit à { $value }.
}
pass-k-cannot-tell = { $k ->
    [one] Impossible de dire si « { $name } » change la probabilité de réussir une tâche en une tentative : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $tasks }).
   *[other] Impossible de dire si « { $name } » change la probabilité de réussir les { $k } tentatives d’une tâche : l’intervalle contient zéro ({ $change } ; IC à 95 % : { $range } ; { $tasks }).
}
pass-k-cannot-tell-any = { $k ->
    [one] Impossible de dire si une condition change la probabilité de réussir une tâche en une tentative : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $tasks }).
   *[other] Impossible de dire si une condition change la probabilité de réussir les { $k } tentatives d’une tâche : tous les intervalles contiennent zéro (plus fort écart, « { $name } » : { $change } ; IC à 95 % : { $range } ; { $tasks }).
}
pass-k-few = { $k ->
    [one] Avec « { $name } », la probabilité de réussir une tâche en une tentative est de { $value } ; moins de 10 tâches ({ $tasks }), c’est trop peu pour en dire plus.
   *[other] Avec « { $name } », la probabilité de réussir les { $k } tentatives d’une tâche est de { $value } ; moins de 10 tâches ({ $tasks }), c’est trop peu pour en dire plus.
}
pass-k-alone = { $k ->
    [one] Avec « { $name } », la probabilité de réussir une tâche en une tentative est de { $value } (IC à 95 % : { $range } % ; { $tasks }).
   *[other] Avec « { $name } », la probabilité de réussir les { $k } tentatives d’une tâche est de { $value } (IC à 95 % : { $range } % ; { $tasks }).
}

# A point in words; $own: its interval in percent.
pass-k-point = { $name }, k = { $k } : { $value } (IC à 95 % : { $own } % ; { $tasks }).
pass-k-point-few = { $name }, k = { $k } : { $value } sur { $tasks }, trop peu pour un intervalle.
pass-k-point-change = { $name }, k = { $k } : { $value } (IC à 95 % : { $own } % ; { $tasks }), { $change } par rapport à la référence (IC à 95 % : { $range }).
pass-k-series-nothing = { $name } : rien de noté pour l’instant.

# In the picture.
pass-k-tick = k = { $k }
pass-k-tasks = n = { $n }
pass-k-at = { $value } pour k = { $k }
pass-k-at-change = { $value } pour k = { $k } : { $change } (IC à 95 % : { $range })
pass-k-entry = { $name } : { $value } pour k = { $k }
pass-k-caption = Probabilité de réussir les k tentatives d’une tâche. Bandes : intervalle de confiance à 95 %. { $tasks }.
pass-k-caption-few = Probabilité de réussir les k tentatives d’une tâche. Trop peu de tâches pour des intervalles de confiance ({ $tasks }).
pass-k-caption-n = n : tâches ayant k tentatives notées.

# Columns of the table.
pass-k-column-k = Tentatives à réussir toutes (k)
pass-k-column-chance = Probabilité (%)
pass-k-column-low = Probabilité, IC à 95 %, borne inf. (%)
pass-k-column-high = Probabilité, IC à 95 %, borne sup. (%)
pass-k-column-tasks = Tâches ayant k tentatives notées
