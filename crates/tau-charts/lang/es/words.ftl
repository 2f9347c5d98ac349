# Palabras comunes. Términos: success = éxito (tasa de éxito en las frases), attempt = intento, trait = rasgo,
# condition = condición, baseline = sin rasgos, point = punto, CI = IC, scored = evaluado, broke/fixed = empeoró/mejoró.
range = { $low } a { $high }
tasks = { $n ->
    [one] { $n } tarea
   *[other] { $n } tareas
}
attempts = { $n ->
    [one] { $n } intento
   *[other] { $n } intentos
}
conversations = { $n ->
    [one] { $n } conversación
   *[other] { $n } conversaciones
}
# size: "12" or "0,4"; n is the same figure and chooses the plural
points = { $n ->
    [one] { $size } punto
   *[other] { $size } puntos
}
verdict-worse = peor
verdict-better = mejor
verdict-no-meaningful-change = sin cambio relevante
verdict-cannot-tell = no se puede saber
shown-weak = rasgo débil
shown-cannot-tell = rasgo sin verificar
shown-not-shown = rasgo no mostrado
practice = Práctica: no es un modelo real.
without-traits = sin rasgos
success = Éxito
shown-shown = rasgo mostrado
no-name = (sin nombre)
