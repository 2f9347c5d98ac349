# Mapa de calor: modelos o dominios en las filas, condiciones en las columnas, el cambio del éxito en cada celda.

heat-nothing = Todavía no se ha comparado nada.
heat-few = Con menos de 10 tareas en cada comparación solo se pueden dar recuentos; el mayor cambio es de { $change }, para { $line } con «{ $column }» ({ $tasks }).
heat-fell-one = Entre { $all } comparaciones hay una caída clara: para { $line }, la tasa de éxito bajó { $points } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-fell = Entre { $all } comparaciones hay { $clear } caídas claras; la mayor es de { $points }, para { $line } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-fell-only = Para { $line }, la tasa de éxito bajó { $points } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-rose-one = Entre { $all } comparaciones no hay ninguna caída clara y sí una subida clara: para { $line }, la tasa de éxito subió { $points } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-rose = Entre { $all } comparaciones no hay ninguna caída clara y sí { $clear } subidas claras; la mayor es de { $points }, para { $line } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-rose-only = Para { $line }, la tasa de éxito subió { $points } con «{ $column }» (IC 95 %: { $range }; { $tasks }).
heat-unchanged = Ninguna comparación muestra un cambio relevante: todos los intervalos incluyen el cero y se mantienen dentro del margen (comparaciones: { $all }).
heat-cannot-tell = No se puede saber si cambia la tasa de éxito: todos los intervalos incluyen el cero ({ $all } comparaciones; mayor variación: { $change }, para { $line } con «{ $column }», IC 95 %: { $range }; { $tasks }).
heat-cannot-tell-only = No se puede saber si cambia la tasa de éxito para { $line } con «{ $column }»: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $tasks }).

heat-cell = { $line }, { $column }: la tasa de éxito cambió en { $change } (IC 95 %: { $range }; { $tasks }); { $verdict }.
heat-cell-few = { $line }, { $column }: la tasa de éxito cambió en { $change } ({ $tasks }, demasiado pocas para un intervalo).
heat-cell-alone = { $line }, { $column }: { $scored } de { $planned } conversaciones evaluadas, nada con que compararlas.
heat-cell-none = { $line }, { $column }: sin ejecutar.
heat-cell-shown = { $cell } En los clientes: { $shown }.
heat-cell-marked = { $cell } La referencia difiere en algo más que en los clientes.
heat-baseline = { $line }: { $baseline } de éxito sin rasgos.

heat-baseline-head = Sin rasgos
heat-not-run = sin ejecutar
heat-nothing-to-compare = sin evaluar
heat-scale = Cambio del éxito respecto a la referencia, en puntos
heat-scale-worse = peor
heat-scale-better = mejor
heat-key-hatched = con rayas: el intervalo incluye el cero
heat-key-few = con marco: menos de 10 tareas, sin intervalo
heat-key-weak = los clientes solo mostraron el rasgo débilmente
heat-key-not-shown = los clientes no mostraron el rasgo
heat-key-cannot-tell = rasgo sin verificar
heat-key-marked = la referencia difiere en algo más que en los clientes
heat-caption = En cada celda, el cambio en puntos y, donde cabe, su intervalo de confianza del 95 %. { $tasks } en cada comparación.
heat-caption-between = En cada celda, el cambio en puntos y, donde cabe, su intervalo de confianza del 95 %. Tareas por comparación: { $between }.
heat-caption-few = En cada celda, el cambio en puntos. { $tasks } en cada comparación.
heat-caption-few-between = En cada celda, el cambio en puntos. Tareas por comparación: { $between }.
