# Dose and response: success over the level of a trait, and below it the level that was measured.
#
# $name: a trait, as it is called. $level: the name of a level or a figure. $rate: "61 %"; $own: "47 à 73".
# $points: "4 points"; $change: "−4 points"; $range: "2 à 6"; $tasks: "50 tâches"; $measured: "1,8".

level-0 = Nul
level-1 = Léger
level-2 = Marqué
level-3 = Fort
level-4 = Extrême

# The one sentence of the chart.
response-nothing = Rien n’a encore été noté.
response-fell = { $name } : chaque niveau supplémentaire fait perdre { $points } de réussite (IC à 95 % : { $range } ; { $tasks }).
response-fell-of = { $name } : chaque niveau supplémentaire fait perdre { $points } de réussite (IC à 95 % : { $range } ; { $tasks }), la plus forte perte parmi les { $clear } traits qui réduisent la réussite de façon avérée.
response-rose = { $name } : chaque niveau supplémentaire fait gagner { $points } de réussite (IC à 95 % : { $range } ; { $tasks }).
response-rose-of = { $name } : chaque niveau supplémentaire fait gagner { $points } de réussite (IC à 95 % : { $range } ; { $tasks }), le plus fort gain parmi les { $clear } traits qui augmentent la réussite de façon avérée.
response-cannot-tell = { $name } : impossible de dire si le niveau du trait change le taux de réussite : l’intervalle contient zéro ({ $change } par niveau ; IC à 95 % : { $range } ; { $tasks }).
response-cannot-tell-any = Impossible de dire si le niveau d’un trait change le taux de réussite : tous les intervalles contiennent zéro (plus forte pente, { $name } : { $change } par niveau ; IC à 95 % : { $range } ; { $tasks }).
response-few = { $name } : du niveau « { $first } » au niveau « { $last } », le taux de réussite est passé de { $from } à { $to } ; trop peu de tâches pour en dire plus ({ $tasks }).
response-one-level = { $name } : un seul niveau a été exécuté ({ $last }), avec { $to } de réussite ({ $tasks }).

# A point and a slope in words.
response-point = { $name }, { $level } : { $rate } de réussite (IC à 95 % : { $own } % ; { $tasks }).
response-point-few = { $name }, { $level } : { $rate } de réussite sur { $tasks }, trop peu pour un intervalle.
response-point-nothing = { $name }, { $level } : rien de noté pour l’instant.
response-point-measured = { $point } Le niveau mesuré est de { $measured } sur 4 (IC à 95 % : { $own }).
response-point-measured-few = { $point } Le niveau mesuré est de { $measured } sur 4.
response-slope-of = { $name } : { $change } par niveau (IC à 95 % : { $range } ; { $tasks }).
response-slope-few = { $name } : { $change } par niveau ({ $tasks }).

# In the picture.
response-success = Réussite
response-measured = Niveau mesuré (0 à 4)
response-slope = { $change } par niveau (IC à 95 % : { $range })
response-slope-no-interval = { $change } par niveau
response-no-slope = trop peu de tâches pour une pente
response-entry = { $name } : { $slope }
response-caption = Réussite à chaque niveau demandé. Bandes : intervalle de confiance à 95 %. { $tasks }.
response-caption-between = Réussite à chaque niveau demandé. Bandes : intervalle de confiance à 95 %. { $between } tâches.
response-caption-few = Réussite à chaque niveau demandé. Trop peu de tâches pour des intervalles de confiance ({ $tasks }).
response-caption-measured = Ligne grise : des clients qui manifestent exactement le niveau demandé.

# Columns of the table.
response-column-level = Niveau demandé (0 à 4)
response-column-measured = Niveau mesuré (0 à 4)
response-column-measured-low = Niveau mesuré, IC à 95 %, borne inf.
response-column-measured-high = Niveau mesuré, IC à 95 %, borne sup.
response-column-slope = Variation par niveau (points)
response-column-slope-low = Variation par niveau, IC à 95 %, borne inf. (points)
response-column-slope-high = Variation par niveau, IC à 95 %, borne sup. (points)
response-column-slope-tasks = Tâches ayant au moins deux niveaux
