# What went wrong: how much of the conversations carries each failure tag, against the baseline.
#
# $tag: a failure tag by its name. $name: a condition, as the person wrote it. $share: "14 %"; $count and
# $scored: conversations. $points: "8 points"; $change: "+8 points"; $range: "3 à 13"; $clear, $n: counts.

# The one sentence of the chart.
tags-nothing = Aucune conversation échouée ne porte d’étiquette.
tags-rose = Avec « { $name } », l’échec « { $tag } » est devenu plus fréquent de { $points } (IC à 95 % : { $range }) et touche { $share } des conversations.
tags-rose-of = Avec « { $name } », l’échec « { $tag } » est devenu plus fréquent de { $points } (IC à 95 % : { $range }), la plus forte des { $clear } hausses avérées, et touche { $share } des conversations.
tags-fell = Avec « { $name } », l’échec « { $tag } » est devenu moins fréquent de { $points } (IC à 95 % : { $range }) et touche { $share } des conversations.
tags-fell-of = Avec « { $name } », l’échec « { $tag } » est devenu moins fréquent de { $points } (IC à 95 % : { $range }), la plus forte des { $clear } baisses avérées, et touche { $share } des conversations.
tags-cannot-tell = L’échec le plus fréquent est « { $tag } », dans { $share } des conversations avec « { $name } » ; impossible de dire si un échec est devenu plus ou moins fréquent : tous les intervalles contiennent zéro.
tags-most = Avec « { $name } », l’échec le plus fréquent est « { $tag } » : { $count } sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }.

# A bar in words.
tags-bar = { $tag }, { $name } : { $count } sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } ({ $share }).
tags-bar-change = { $tag }, { $name } : { $count } sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    } ({ $share }), { $change } par rapport à la référence (IC à 95 % : { $range }).
tags-bar-few = { $tag }, { $name } : { $count } sur { $scored ->
        [one] { $scored } conversation notée
       *[other] { $scored } conversations notées
    }, trop peu de tâches pour un intervalle.
tags-bar-nothing = { $tag }, { $name } : rien de noté pour l’instant.
tags-further-named = { $n ->
    [one] { $n } autre étiquette : { $tags }.
   *[other] { $n } autres étiquettes : { $tags }.
}

# In the picture.
tags-share = Part des conversations
tags-change = Variation, en points
tags-figures = Variation (IC à 95 %)
tags-fewer = moins
tags-more = plus
tags-share-count = { $share } ({ $count })
tags-count = { $count } sur { $scored }
tags-no-score = non noté
tags-further = { $n ->
    [one] { $n } autre étiquette
   *[other] { $n } autres étiquettes
}
tags-caption = Part des conversations notées portant chaque étiquette d’échec, toutes les tâches comptant autant ; entre parenthèses, le nombre de conversations. { $conversations } avec une note dans chaque condition.
tags-caption-between = Part des conversations notées portant chaque étiquette d’échec, toutes les tâches comptant autant ; entre parenthèses, le nombre de conversations. { $between } conversations notées par condition.
tags-caption-counts = Part des conversations notées portant chaque étiquette d’échec, toutes les tâches comptant autant ; à côté de chaque barre, les décomptes.
tags-caption-change = Barres à droite : intervalle de confiance à 95 % de la variation par rapport à la référence ; symboles pleins : zéro est en dehors.
tags-caption-few = Trop peu de tâches pour des intervalles de confiance.

# Columns of the table.
tags-column-tag = Étiquette d’échec
tags-column-tag-id = Étiquette d’échec (id)
tags-column-count = Conversations qui la portent
tags-column-share = Part (%)
