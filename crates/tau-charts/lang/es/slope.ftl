# Éxito en dos versiones de un agente, una línea por condición.

slope-where = { $condition ->
    [baseline] De «{ $left }» a «{ $right }», la tasa de éxito sin rasgos
   *[other] De «{ $left }» a «{ $right }», la tasa de éxito con «{ $name }»
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] , la mayor de { $clear } caídas claras
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] , la mayor de { $clear } subidas claras
}

slope-nothing = Las dos versiones todavía no comparten ninguna tarea evaluada.
slope-fell = { slope-where } bajó { $points } (IC 95 %: { $range }; { $tasks }){ slope-among-drops }.
slope-rose = { slope-where } subió { $points } (IC 95 %: { $range }; { $tasks }){ slope-among-rises }.
slope-unchanged = { slope-where } no cambió de forma relevante ({ $change }, IC 95 %: { $range }; { $tasks }).
slope-unchanged-all = De «{ $left }» a «{ $right }», la tasa de éxito no cambió de forma relevante en ninguna de las { $conditions } condiciones.
slope-cannot-tell = { $condition ->
    [baseline] No se puede saber si la tasa de éxito sin rasgos cambió de «{ $left }» a «{ $right }»: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $tasks }).
   *[other] No se puede saber si la tasa de éxito con «{ $name }» cambió de «{ $left }» a «{ $right }»: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] No se puede saber si la tasa de éxito cambió de «{ $left }» a «{ $right }»: todos los intervalos incluyen el cero (mayor variación, sin rasgos: { $change }, IC 95 %: { $range }; { $tasks }).
   *[other] No se puede saber si la tasa de éxito cambió de «{ $left }» a «{ $right }»: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $tasks }).
}
slope-few = { slope-where } pasó del { $before } al { $after }; { $n ->
    [one] { $n } tarea no basta para decir más.
   *[other] { $n } tareas no bastan para decir más.
}

slope-before = { $former ->
    [yes] { $before } de éxito en «{ $left }» (IC 95 %: { $before-range })
   *[no] { $before } de éxito en «{ $left }»
}
slope-after = { $latter ->
    [yes] { $after } en «{ $right }» (IC 95 %: { $after-range })
   *[no] { $after } en «{ $right }»
}
slope-way = { $way ->
    [same] igual
    [lower] { $points } menos
   *[higher] { $points } más
}
slope-row = { $between ->
    [yes] { $name }: { slope-before }, { slope-after }, { slope-way } (IC 95 %: { $range }); { $verdict }; { $tasks }.
   *[no] { $name }: { slope-before }, { slope-after }, { slope-way } (demasiado pocas tareas para un intervalo); { $tasks }.
}

slope-too-few = tareas insuficientes
slope-caption = Tareas evaluadas en ambas versiones y comparadas una a una: { $tasks }. Marcas rellenas a la derecha: el cero queda fuera del intervalo de confianza del 95 % del cambio.
slope-caption-few = Tareas evaluadas en ambas versiones y comparadas una a una: { $tasks }. Demasiado pocas para intervalos de confianza.
slope-caption-between = Tareas evaluadas en ambas versiones y comparadas una a una: de { $low } a { $high }. Marcas rellenas a la derecha: el cero queda fuera del intervalo de confianza del 95 % del cambio.
slope-caption-lines = Líneas verticales: intervalo de confianza del 95 % de cada tasa.

slope-column-id = Id
slope-column-name = Condición
slope-column-tasks = Tareas comparadas
slope-column-rate = Éxito, { $run } (%)
slope-column-rate-low = IC 95 % inferior, { $run } (%)
slope-column-rate-high = IC 95 % superior, { $run } (%)
slope-column-change = Cambio (puntos)
slope-column-low = IC 95 % inferior (puntos)
slope-column-high = IC 95 % superior (puntos)
slope-column-verdict = Veredicto
