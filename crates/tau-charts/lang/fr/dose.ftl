# Dose curves: what moving a trait's slider does in each voice, measured over asked.
#
# $name: a voice or a trait by its name. $measured: "1,8" or "+0,40"; $range: "1,5 à 2,1".

dose-nothing = { $name } : aucune mesure pour l’instant.
# The one sentence where there are several curves; $rising of $all rise at each step.
dose-all-rise = { $name } : dans les { $all } courbes, la mesure augmente à chaque niveau supplémentaire.
dose-some-rise = { $name } : dans { $rising ->
        [one] { $rising } courbe
       *[other] { $rising } courbes
    } sur { $all }, la mesure augmente à chaque niveau supplémentaire.
dose-none-rises = { $name } : dans aucune des { $all } courbes, la mesure n’augmente à chaque niveau supplémentaire.

# A curve in words, behind its name.
dose-voice = { $name } : { $sentence }
dose-voice-nothing = aucune mesure.
dose-levels-rise = niveau mesuré de { $first } pour « { $from } » à { $last } pour « { $to } » ; la mesure augmente à chaque niveau supplémentaire.
dose-levels-mixed = niveau mesuré de { $first } pour « { $from } » à { $last } pour « { $to } » ; la mesure n’augmente pas à chaque niveau supplémentaire.
dose-contrasts-rise = de { $first } pour « { $from } » à { $last } pour « { $to } » ; la mesure augmente à chaque niveau supplémentaire.
dose-contrasts-mixed = de { $first } pour « { $from } » à { $last } pour « { $to } » ; la mesure n’augmente pas à chaque niveau supplémentaire.
dose-point = { $name }, { $level } : mesure { $measured } (IC à 95 % : { $range }).
dose-point-alone = { $name }, { $level } : mesure { $measured }.

# In the picture.
dose-level-measured = Niveau mesuré
dose-contrast-measured = Contraste mesuré, en nats par token
dose-level-asked = Niveau demandé
dose-caption-intervals = Barres sur les symboles : intervalle de confiance à 95 %.
dose-caption-identity = Ligne grise : exactement ce qui était demandé.

# Columns of the table.
dose-column-voice = Voix
dose-column-level = Niveau demandé (0 à 4)
dose-column-measured = Mesure
dose-column-low = Mesure, IC à 95 %, borne inf.
dose-column-high = Mesure, IC à 95 %, borne sup.
dose-column-unit = Unité de mesure
dose-unit-level = niveaux (0 à 4)
dose-unit-contrast = nats par token
