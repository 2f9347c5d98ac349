# Curvas de dosis: qué hace el control de un rasgo en cada voz, lo medido según lo pedido.
#
# $name: una voz o un rasgo. $measured: «nivel 1,8» o «+0,40»; $range: «1,5 a 2,1».

dose-nothing = { $name }: todavía no se ha medido nada.
dose-all-rise = { $name }: en las { $all } curvas, cuanto más se pidió, más se mostró en cada paso.
dose-some-rise = { $name }: en { $rising } de { $all } curvas, cuanto más se pidió, más se mostró en cada paso.
dose-none-rises = { $name }: en ninguna de las { $all } curvas mostró cada paso más que el anterior.

# A curve in words, behind its name.
dose-voice = { $name }: { $sentence }
dose-voice-nothing = no se ha medido nada.
dose-levels-rise = de nivel { $first } (pedido: { $from }) a nivel { $last } (pedido: { $to }); cuanto más se pidió, más se mostró en cada paso.
dose-levels-mixed = de nivel { $first } (pedido: { $from }) a nivel { $last } (pedido: { $to }); no todos los pasos mostraron más que el anterior.
dose-contrasts-rise = de { $first } (pedido: { $from }) a { $last } (pedido: { $to }); cuanto más se pidió, más se mostró en cada paso.
dose-contrasts-mixed = de { $first } (pedido: { $from }) a { $last } (pedido: { $to }); no todos los pasos mostraron más que el anterior.
dose-point = { $name }, { $level }: medido { $measured } (IC 95 %: { $range }).
dose-point-alone = { $name }, { $level }: medido { $measured }.

# In the picture.
dose-level-measured = Nivel medido
dose-contrast-measured = Contraste medido, en nats por token
dose-level-asked = Nivel pedido
dose-caption-intervals = Líneas que cruzan las marcas: intervalo de confianza del 95 %.
dose-caption-identity = Línea gris: justo lo que se pidió.

# Columns of the table.
dose-column-voice = Voz
dose-column-level = Nivel pedido (0 a 4)
dose-column-measured = Medido
dose-column-low = Medido, IC 95 % desde
dose-column-high = Medido, IC 95 % hasta
dose-column-unit = Unidad de medida
dose-unit-level = niveles (0 a 4)
dose-unit-contrast = nats por token
