# Éxito según el nivel de un rasgo y, debajo, el nivel medido.

level-0 = Nulo
level-1 = Leve
level-2 = Claro
level-3 = Fuerte
level-4 = Extremo

response-nothing = Todavía no se ha evaluado nada.
response-fell = Cada nivel adicional de «{ $name }» resta { $points } a la tasa de éxito (IC 95 %: { $range }; { $tasks }).
response-fell-of = Cada nivel adicional de «{ $name }» resta { $points } a la tasa de éxito (IC 95 %: { $range }; { $tasks }), la mayor pérdida entre los { $clear } rasgos que claramente la reducen.
response-rose = Cada nivel adicional de «{ $name }» suma { $points } a la tasa de éxito (IC 95 %: { $range }; { $tasks }).
response-rose-of = Cada nivel adicional de «{ $name }» suma { $points } a la tasa de éxito (IC 95 %: { $range }; { $tasks }), la mayor ganancia entre los { $clear } rasgos que claramente la aumentan.
response-cannot-tell = No se puede saber si el nivel de «{ $name }» cambia la tasa de éxito: el intervalo incluye el cero ({ $change } por nivel, IC 95 %: { $range }; { $tasks }).
response-cannot-tell-any = No se puede saber si el nivel de algún rasgo cambia la tasa de éxito: todos los intervalos incluyen el cero (mayor pendiente, «{ $name }»: { $change } por nivel, IC 95 %: { $range }; { $tasks }).
response-few = Del nivel «{ $first }» al nivel «{ $last }» de «{ $name }», la tasa de éxito pasó del { $from } al { $to }; hay demasiado pocas tareas para decir más ({ $tasks }).
response-one-level = «{ $name }» solo se ejecutó en un nivel ({ $last }): { $to } de éxito ({ $tasks }).

response-point = { $name }, { $level }: { $rate } de éxito (IC 95 %: { $own } %; { $tasks }).
response-point-few = { $name }, { $level }: { $rate } de éxito ({ $tasks }, demasiado pocas para un intervalo).
response-point-nothing = { $name }, { $level }: todavía no se ha evaluado nada.
response-point-measured = { $point } El nivel medido fue { $measured } de 4 (IC 95 %: { $own }).
response-point-measured-few = { $point } El nivel medido fue { $measured } de 4.
response-slope-of = { $name }: { $change } por nivel (IC 95 %: { $range }; { $tasks }).
response-slope-few = { $name }: { $change } por nivel ({ $tasks }).

response-success = Éxito
response-measured = Nivel medido (0 a 4)
response-slope = { $change } por nivel (IC 95 %: { $range })
response-slope-no-interval = { $change } por nivel
response-no-slope = sin pendiente: pocas tareas
response-entry = { $name }: { $slope }
response-caption = Éxito en cada nivel pedido. Bandas: intervalo de confianza del 95 %. { $tasks }.
response-caption-between = Éxito en cada nivel pedido. Bandas: intervalo de confianza del 95 %. Tareas: { $between }.
response-caption-few = Éxito en cada nivel pedido. Demasiado pocas tareas para intervalos de confianza ({ $tasks }).
response-caption-measured = Línea gris: clientes que muestran justo el nivel pedido.

response-column-level = Nivel pedido (0 a 4)
response-column-measured = Nivel medido (0 a 4)
response-column-measured-low = Nivel medido, IC 95 % desde
response-column-measured-high = Nivel medido, IC 95 % hasta
response-column-slope = Cambio por nivel (puntos)
response-column-slope-low = Cambio por nivel, IC 95 % desde (puntos)
response-column-slope-high = Cambio por nivel, IC 95 % hasta (puntos)
response-column-slope-tasks = Tareas con dos niveles o más
