# El informe y el libro de cálculo de una ejecución.
# Los nombres ($agent, $domain, $name, ...) se ponen como los escribió la persona. Las cifras en argumentos
# de texto ($size, $rate, ...) ya están escritas como las escribe el idioma.

report-of-a-run = Informe de una ejecución
# $date: as it shall read; $product: name and version of this program
made = Estado de la ejecución a fecha de { $date }. Elaborado con { $product }.
contents-of-run = { $tasks ->
    [one] { $tasks } tarea
   *[other] { $tasks } tareas
}, { $conditions ->
    [one] { $conditions } tipo de cliente
   *[other] { $conditions } tipos de cliente
}
page = Página { $page } de { $pages }

section-key-finding = Hallazgo principal
section-question = Pregunta
section-set-up = Configuración
section-findings = Resultados
section-worst = Conversaciones que conviene leer primero
section-method = Método y límites
section-appendix = Apéndice

question = { $known ->
    [no] ¿Con qué eficacia hace su trabajo el agente en { $domain }, y depende eso de con quién habla?
   *[yes] ¿Con qué eficacia hace su trabajo el agente { $agent } en { $domain }, y depende eso de con quién habla?
}
question-customers = { $known ->
    [no] Se hicieron las mismas tareas con cada uno de estos tipos de cliente:
   *[yes] Se hicieron las mismas tareas con cada uno de estos tipos de cliente, simulados por { $customer }:
}
question-alone = { $known ->
    [no] Las tareas se hicieron con un solo tipo de cliente: { $name }.
   *[yes] Las tareas se hicieron con un solo tipo de cliente, simulado por { $customer }: { $name }.
}

fact-domain = Dominio
fact-agent = Agente
fact-customer = Cliente

practice-label = Práctica, no un modelo real: las cifras muestran cómo funciona el programa y no dicen nada sobre ningún agente.

table-results = Éxito por tipo de cliente
figure = Figura { $number }. { $title }
# n of every figure; $scored and $planned are conversations
figure-n = n = { $tasks ->
    [one] { $tasks } tarea
   *[other] { $tasks } tareas
}; conversaciones evaluadas: { $scored } de { $planned }.
no-charts = Todavía no hay nada que dibujar.
as-table = La figura en forma de tabla
in-words = La figura en palabras

column-condition = Clientes
column-scored = Evaluadas
column-success = Éxito (IC 95 %)
column-change = Cambio en puntos (IC 95 %)
column-verdict = Veredicto
column-p = p
column-tasks = Tareas comparadas
column-left-out = Tareas excluidas
column-broke = Tareas que empeoraron
column-fixed = Tareas que mejoraron
column-same = Tareas que siguieron igual
column-pass-k = { $k ->
    [one] El intento tiene éxito (IC 95 %)
   *[other] { $k } de { $k } intentos con éxito (IC 95 %)
}
column-task = Tarea
column-title = Título
column-baseline = { $name }
column-with = Con
column-succeeded = Intentos con éxito
column-fell = Cambio en puntos
column-customers-shown = Rasgos de los clientes

scored-of = { $scored } de { $planned }
# beside figures without an interval
not-scored = sin evaluar
estimate = { $estimate } ({ $range })
verdict-worse = peor
verdict-better = mejor
verdict-no-meaningful-change = sin cambio relevante
verdict-cannot-tell = no se puede saber
shown-shown = mostrado
shown-weak = débil
shown-cannot-tell = no se puede saber
shown-not-shown = no mostrado

worst-tasks = Tareas que más empeoraron
worst-tasks-lead = Tareas ordenadas según cuánto bajó su éxito con algún tipo de cliente, respecto a «{ $baseline }» en la misma tarea.
worst-tasks-alone = Tareas ordenadas de menor a mayor frecuencia de éxito.
worst-none = Ninguna tarea tuvo éxito menos a menudo que con «{ $baseline }».
worst-none-alone = No falló ninguna conversación.
worst-conversation = Tarea { $task } · { $condition } · intento { $attempt }
worst-fault = Responsable: { $fault }
said-customer = Cliente
said-agent = Agente
said-tool = Acción

method-unit = La unidad de análisis es la tarea. Los intentos de una tarea no son independientes entre sí, de modo que cada tarea cuenta una vez, con la proporción de sus intentos que tuvieron éxito.
method-rate = El éxito es la media de las tareas. Su intervalo de confianza del 95 % es un intervalo de Wilson con el número efectivo de conversaciones, que tiene en cuenta que los intentos de una misma tarea se parecen.
method-difference = Los cambios son pareados: en cada tarea, al éxito con los demás clientes se le resta el éxito con «{ $baseline }», y el intervalo de confianza del 95 % de la diferencia media es un intervalo t sobre las tareas (el intervalo de Newcombe si todas las tareas cambiaron lo mismo). Solo se comparan las tareas evaluadas en ambos lados.
method-few = Con menos de { $n } tareas solo se dan recuentos, sin intervalos.
method-verdicts = El veredicto es «peor» o «mejor» cuando todo el intervalo queda a un mismo lado del cero; «sin cambio relevante» cuando incluye el cero y no se aparta más de { $margin } puntos de él; y, en los demás casos, «no se puede saber».
method-margin-changed = El margen era de { $planned } puntos cuando se planificó la ejecución y después se cambió a { $margin } puntos.
method-test = Los valores p proceden de una prueba de permutación por cambio de signo sobre las tareas, con la semilla { $seed } (la prueba exacta de McNemar si hay un solo intento por tarea), y están corregidos por el número de comparaciones con el método de Holm.
method-pass-k = «{ $k } de { $k } intentos con éxito» es pass^{ $k }: la probabilidad de que { $k } de { $k } intentos de una misma tarea tengan éxito, calculada sobre las tareas con ese número de intentos evaluados.
method-not-scored = Las conversaciones que no se pudieron terminar por motivos técnicos no cuentan ni como éxito ni como fallo: { $count ->
    [one] { $count } conversación no se evaluó
   *[other] { $count } conversaciones no se evaluaron
}, de un total de { $planned }.
method-open = { $count ->
    [one] { $count } conversación de { $planned } no había
   *[other] { $count } conversaciones de { $planned } no habían
} terminado cuando se escribió este informe.
method-excluded = Por decisión de quien lee el resultado se { $count ->
    [one] excluyó la tarea { $tasks }
   *[other] excluyeron { $count } tareas ({ $tasks })
}.
method-left-out = Por decisión de quien lee el resultado se { $count ->
    [one] excluyó { $count } conversación
   *[other] excluyeron { $count } conversaciones
}, porque la culpa fue del cliente.
method-customers = Los clientes son simulados. Las cifras valen para las personas solo en la medida en que vale la simulación; en el apéndice consta si los clientes simulados mostraron sus rasgos.
method-independence = Se supone que, dada la tarea, sus intentos son independientes. Un proveedor que responde a las peticiones repetidas desde una caché incumple ese supuesto.
method-sample = Los intervalos tratan las tareas como una muestra del trabajo que interesa. No dicen nada sobre otros trabajos.
method-effort = El éxito se mide por el estado final de los registros y por lo que había que decirle al cliente, no por lo agradable que fue la conversación.

appendix-results = Cifras de cada tipo de cliente
appendix-fidelity = ¿Mostraron los clientes sus rasgos?
appendix-tasks = Todas las tareas: intentos con éxito, de los evaluados
appendix-tasks-key = Columnas: { $columns }.
appendix-more = { $count ->
    [one] Hay { $count } tarea más
   *[other] Hay { $count } tareas más
} en el libro de cálculo.
appendix-elsewhere = Todas las conversaciones constan en el libro de cálculo y, con todos sus mensajes, en el archivo de conversaciones (JSONL) de esta ejecución.

sheet-summary = Resumen
sheet-conditions = Clientes
sheet-tasks = Tareas
sheet-conversations = Conversaciones
sheet-chart = Figura { $number }
sheet-method = Método

book-passed = { $name }: con éxito
book-scored = { $name }: evaluados
book-condition-id = Condición
book-attempt = Intento
book-outcome = Resultado
book-reward = Recompensa
book-why = Motivo
book-messages = Mensajes
book-tool-calls = Llamadas a herramientas
book-steps = Pasos del agente
book-cost = Coste (dólares de EE. UU.)
book-seconds = Duración (segundos)
book-fault = Responsable
book-tags = Etiquetas
book-planned = Conversaciones previstas
book-scored-count = Conversaciones evaluadas
book-passed-count = Conversaciones con éxito
book-rate = Éxito (%)
book-rate-low = Éxito, IC 95 % desde (%)
book-rate-high = Éxito, IC 95 % hasta (%)
book-baseline-rate = { $name } en las mismas tareas (%)
book-change = Cambio (puntos)
book-change-low = Cambio, IC 95 % desde (puntos)
book-change-high = Cambio, IC 95 % hasta (puntos)
book-p = p (Holm)
book-pass-k = { $k ->
    [one] El intento tiene éxito (%)
   *[other] { $k } de { $k } intentos con éxito (%)
}
book-drawn = Datos del gráfico
book-for-chart = Lo que muestra el gráfico de al lado
book-plus = { $name }: intervalo por encima
book-minus = { $name }: intervalo por debajo
book-cut = Cortado: una celda admite como máximo 32 767 caracteres. El texto completo está en el archivo de conversaciones (JSONL).
book-rows-cut = { $count ->
    [one] { $count } fila más no cabe
   *[other] { $count } filas más no caben
} en una hoja.

outcome-passed = éxito
outcome-failed = fallo
outcome-not-scored = sin evaluar
outcome-pending = sin ejecutar todavía
outcome-running = en curso

plot-points = Puntos
plot-success = Éxito (%)
plot-level = Nivel
plot-measured = Nivel medido
plot-contrast = Contraste (nats por token)
plot-turns = Turnos
plot-tool-calls = Llamadas a herramientas
plot-dollars = Dólares (EE. UU.)
plot-seconds = Segundos
plot-conversations = Conversaciones
plot-tasks = Tareas
plot-share = Proporción de conversaciones (%)
plot-k = k
fault-user = Cliente
fault-agent = Agente
fault-environment = Entorno
fault-grader = Evaluación
fault-unjudged = Sin juzgar
