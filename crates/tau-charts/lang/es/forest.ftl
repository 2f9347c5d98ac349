# Éxito o esfuerzo en cada condición y su cambio respecto a la referencia.

forest-under = Con «{ $name }»
forest-baseline = { $named ->
    [yes] con «{ $baseline }»
   *[no] sin rasgos
}
forest-against = { $named ->
    [yes] {" "}frente a «{ $baseline }»
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] , la mayor de { $clear } caídas claras
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] , la mayor de { $clear } subidas claras
}
forest-too-few = { $tasks-few ->
    [one] { $tasks-few } tarea no basta para decir más.
   *[other] { $tasks-few } tareas no bastan para decir más.
}
forest-design = { $tasks } × { $attempts }
forest-tasks-between = De { $low } a { $high } tareas

forest-nothing = Todavía no se ha evaluado nada.
forest-not-shown = Los clientes de «{ $name }» no mostraron el rasgo, así que el cambio no dice nada sobre él.
forest-fell = { forest-under }, la tasa de éxito bajó { $points }{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-drops }.
forest-rose = { forest-under }, la tasa de éxito subió { $points }{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-rises }.
forest-unchanged = { forest-under }, la tasa de éxito no cambió de forma relevante{ forest-against }: el intervalo no se aparta más de { $margin } del cero ({ $design }).
forest-unchanged-all = Ningún rasgo cambió la tasa de éxito de forma relevante{ forest-against }: ningún intervalo se aparta más de { $margin } del cero.
forest-cannot-tell = No se puede saber si «{ $name }» cambia la tasa de éxito{ forest-against }: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $design }).
forest-cannot-tell-any = No se puede saber si algún rasgo cambia la tasa de éxito{ forest-against }: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $design }).
forest-few = { forest-under }, { $passed ->
    [one] { $passed } de { $scored } conversaciones tuvo
   *[other] { $passed } de { $scored } conversaciones tuvieron
} éxito; { forest-baseline }, { $baseline-passed } de { $baseline-scored }; { forest-too-few }
forest-alone = { $condition ->
    [baseline] El agente tuvo éxito en el { $rate } de las conversaciones (IC 95 %: { $range }; evaluadas: { $conversations }).
   *[other] Con «{ $name }», el agente tuvo éxito en el { $rate } de las conversaciones (IC 95 %: { $range }; evaluadas: { $conversations }).
}
forest-alone-few = { $condition ->
    [baseline] El agente tuvo éxito en { $passed } de { $conversations }.
   *[other] Con «{ $name }», el agente tuvo éxito en { $passed } de { $conversations }.
}

forest-among-increases = { $clear ->
    [1] {""}
   *[other] , el mayor de { $clear } aumentos claros
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] , el mayor de { $clear } descensos claros
}
forest-more = { $measure ->
    [turns] { forest-under }, una conversación requirió { $size } turnos más{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-increases }.
    [tool_calls] { forest-under }, el agente hizo { $size } llamadas a herramientas más por conversación{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-increases }.
    [cost] { forest-under }, una conversación costó { $size } más{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-increases }.
   *[seconds] { forest-under }, una conversación duró { $size } más{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under }, una conversación requirió { $size } turnos menos{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under }, el agente hizo { $size } llamadas a herramientas menos por conversación{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-decreases }.
    [cost] { forest-under }, una conversación costó { $size } menos{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-decreases }.
   *[seconds] { forest-under }, una conversación duró { $size } menos{ forest-against } (IC 95 %: { $range }; { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] No se puede saber si «{ $name }» cambia el número de turnos de una conversación{ forest-against }: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $design }).
    [tool_calls] No se puede saber si «{ $name }» cambia el número de llamadas a herramientas de una conversación{ forest-against }: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $design }).
    [cost] No se puede saber si «{ $name }» cambia el coste de una conversación{ forest-against }: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $design }).
   *[seconds] No se puede saber si «{ $name }» cambia la duración de una conversación{ forest-against }: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] No se puede saber si algún rasgo cambia el número de turnos de una conversación{ forest-against }: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $design }).
    [tool_calls] No se puede saber si algún rasgo cambia el número de llamadas a herramientas de una conversación{ forest-against }: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $design }).
    [cost] No se puede saber si algún rasgo cambia el coste de una conversación{ forest-against }: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $design }).
   *[seconds] No se puede saber si algún rasgo cambia la duración de una conversación{ forest-against }: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $design }).
}
forest-effort-few = { $measure ->
    [turns] { forest-under }, una conversación requirió { $rate } turnos de media; { forest-baseline }, { $baseline-rate }; { forest-too-few }
    [tool_calls] { forest-under }, una conversación requirió { $rate } llamadas a herramientas de media; { forest-baseline }, { $baseline-rate }; { forest-too-few }
    [cost] { forest-under }, una conversación costó { $rate } de media; { forest-baseline }, { $baseline-rate }; { forest-too-few }
   *[seconds] { forest-under }, una conversación duró { $rate } de media; { forest-baseline }, { $baseline-rate }; { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] Una conversación requirió { $rate } turnos de media ({ $conversations }).
    [tool_calls] Una conversación requirió { $rate } llamadas a herramientas de media ({ $conversations }).
    [cost] Una conversación costó { $rate } de media ({ $conversations }).
   *[seconds] Una conversación duró { $rate } de media ({ $conversations }).
}

forest-row = { $name }: { forest-amount } frente a { $baseline-rate } { forest-baseline }, { forest-way } ({ forest-interval }); { $verdict }; { $tasks }; { forest-scored }.
forest-row-alone = { $name }: { forest-amount }; { forest-scored }.
forest-row-nothing = { $name }: todavía no hay nada que mostrar; { forest-scored }.
forest-row-not-shown = Sin embargo, los clientes no mostraron el rasgo.
forest-row-weak = Sin embargo, los clientes solo mostraron el rasgo débilmente.
forest-amount = { $measure ->
    [success] { $rate } de éxito
    [turns] { $rate } turnos por conversación
    [tool_calls] { $rate } llamadas a herramientas por conversación
   *[other] { $rate } por conversación
}
forest-way = { $way ->
    [same] igual
    [lower] { $size } menos
   *[higher] { $size } más
}
forest-interval = { $interval ->
    [yes] intervalo de confianza del 95 %: { $range }
   *[no] demasiado pocas tareas para un intervalo
}
forest-scored = { $measure ->
    [success] { $scored } de { $planned } conversaciones evaluadas
   *[other] { $scored } de { $planned } conversaciones medidas
}

forest-level = { $measure ->
    [success] Éxito
    [turns] Turnos por conversación
    [tool_calls] Llamadas a herramientas por conversación
    [cost] Coste por conversación
   *[seconds] Tiempo por conversación
}
forest-change = { $unit ->
    [success] Cambio, en puntos
    [turns] Cambio, en turnos
    [tool_calls] Cambio, en llamadas a herramientas
    [cost] Cambio, en dólares (EE. UU.)
    [minutes] Cambio, en minutos
   *[seconds] Cambio, en segundos
}
forest-figures = Cambio (IC 95 %)
forest-left = { $measure ->
    [success] peor
   *[other] menos
}
forest-right = { $measure ->
    [success] mejor
   *[other] más
}
forest-no-clear-change = sin cambio claro
forest-no-change = sin cambio
forest-not-scored = sin evaluar todavía
forest-too-few-to-tell = tareas insuficientes
forest-baseline-level = { $measure ->
    [success] { $rate } de éxito
    [turns] { $rate } turnos
    [tool_calls] { $rate } llamadas a herramientas
   *[other] { $rate }
}
forest-verdict-more = más
forest-verdict-less = menos
forest-part-scored = { $measure ->
    [success] { $scored } de { $planned } evaluadas
   *[other] { $scored } de { $planned } medidas
}
forest-caption = { $design }, comparadas tarea por tarea. Líneas a la derecha: intervalo de confianza del 95 %; marcas rellenas: el cero queda fuera.
forest-caption-few = { $design }, comparadas tarea por tarea. Demasiado pocas tareas para intervalos de confianza.

forest-column-id = Id
forest-column-name = Condición
forest-column-planned = Conversaciones previstas
forest-column-scored = { $measure ->
    [success] Conversaciones evaluadas
   *[other] Conversaciones medidas
}
forest-column-passed = Conversaciones con éxito
forest-column-tasks = Tareas comparadas
forest-column-level = { $measure ->
    [success] Éxito (%)
    [turns] Turnos por conversación
    [tool_calls] Llamadas a herramientas por conversación
    [cost] Coste por conversación (USD)
   *[seconds] Tiempo por conversación (s)
}
forest-column-baseline = { $measure ->
    [success] Éxito { forest-baseline } (%)
    [turns] Turnos { forest-baseline }
    [tool_calls] Llamadas a herramientas { forest-baseline }
    [cost] Coste { forest-baseline } (USD)
   *[seconds] Tiempo { forest-baseline } (s)
}
forest-column-change = { $measure ->
    [success] Cambio (puntos)
    [turns] Cambio (turnos)
    [tool_calls] Cambio (llamadas a herramientas)
    [cost] Cambio (USD)
   *[seconds] Cambio (s)
}
forest-column-low = { $measure ->
    [success] IC 95 % inferior (puntos)
    [turns] IC 95 % inferior (turnos)
    [tool_calls] IC 95 % inferior (llamadas a herramientas)
    [cost] IC 95 % inferior (USD)
   *[seconds] IC 95 % inferior (s)
}
forest-column-high = { $measure ->
    [success] IC 95 % superior (puntos)
    [turns] IC 95 % superior (turnos)
    [tool_calls] IC 95 % superior (llamadas a herramientas)
    [cost] IC 95 % superior (USD)
   *[seconds] IC 95 % superior (s)
}
forest-column-verdict = Veredicto
forest-column-trait = Rasgo
