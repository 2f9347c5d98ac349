# Títulos de los gráficos y por qué uno todavía no se puede dibujar: una frase que dice qué hacer.

title-forest-success = Éxito en cada condición
title-forest-turns = Turnos de una conversación
title-forest-tool_calls = Llamadas a herramientas de una conversación
title-forest-cost = Coste de una conversación
title-forest-seconds = Duración de una conversación
title-pass_k = Fiabilidad en intentos repetidos (pass^k)
title-response = Éxito según el nivel de un rasgo
title-dose = Niveles de los rasgos, pedidos y medidos
title-flips = Tareas que cambiaron de resultado
title-faults = A quién se deben los fallos
title-tags = Qué salió mal en los fallos
title-heat-models = Cambio del éxito por agente
title-heat-domains = Cambio del éxito por dominio
title-slope = De { $left } a { $right }
title-slope-two = Dos versiones

missing-nothing-scored = Todavía no se ha evaluado nada. El gráfico aparecerá con las primeras conversaciones evaluadas.
missing-comparison = Ejecute un segundo tipo de cliente junto a la referencia para ver qué cambia.
missing-turns = No se sabe cuántos turnos requirieron las conversaciones de esta ejecución.
missing-tool_calls = No se sabe cuántas llamadas a herramientas requirieron las conversaciones de esta ejecución.
missing-cost = No se sabe cuánto costaron las conversaciones. Indique los precios de los modelos en uso y la próxima ejecución tendrá los costes.
missing-cost-nothing = Ninguna conversación ha costado nada, así que no hay nada que comparar.
missing-seconds = No se sabe cuánto duraron las conversaciones de esta ejecución.
missing-pass_k = Ejecute cada tarea dos veces o más para ver con qué frecuencia tienen éxito todos los intentos.
missing-response = Ejecute dos niveles de un rasgo para ver el éxito según su nivel.
missing-dose = Ejecute clientes con un rasgo para ver el nivel pedido y el medido.
missing-no-failure = No falló ninguna conversación, así que no hay responsables que mostrar.
missing-tags = Haga que un modelo juzgue los fallos para ver qué salió mal.
missing-heat = Ejecute un rasgo y una referencia para ver qué cambia.
missing-models = Elija ejecuciones de dos agentes o más para compararlos.
missing-domains = Elija ejecuciones en dos dominios o más para compararlos.
missing-slope-two = Elija dos ejecuciones, una anterior y otra posterior.
missing-slope-domain = Elija dos ejecuciones en el mismo dominio: las tareas se comparan una a una.
missing-slope-data = El contenido del dominio difiere entre las dos ejecuciones, así que no se comparan. Vuelva a ejecutar el agente anterior con el contenido actual.
missing-slope-grader = Las dos ejecuciones se evaluaron con reglas distintas, así que no se comparan. Vuelva a ejecutar el agente anterior.
missing-slope-conditions = Las dos ejecuciones no tienen ninguna condición en común evaluada en ambos lados. Ejecute los mismos tipos de cliente con las dos.

dose-traits = Rasgos
dose-by-markers = { $name }, según los marcadores
dose-by-directions = { $name }, según las direcciones del modelo local
dose-by-judge = { $name }, según el juez
