# Qué salió mal: en qué proporción de las conversaciones aparece cada etiqueta de fallo.

tags-nothing = Ninguna conversación fallida tiene etiqueta.
tags-rose = El fallo «{ $tag }» fue { $points } más frecuente con «{ $name }» (IC 95 %: { $range }): en esa condición aparece en el { $share } de las conversaciones.
tags-rose-of = El fallo «{ $tag }» fue { $points } más frecuente con «{ $name }» (IC 95 %: { $range }), el mayor de { $clear } aumentos claros: en esa condición aparece en el { $share } de las conversaciones.
tags-fell = El fallo «{ $tag }» fue { $points } menos frecuente con «{ $name }» (IC 95 %: { $range }): en esa condición aparece en el { $share } de las conversaciones.
tags-fell-of = El fallo «{ $tag }» fue { $points } menos frecuente con «{ $name }» (IC 95 %: { $range }), el mayor de { $clear } descensos claros: en esa condición aparece en el { $share } de las conversaciones.
tags-cannot-tell = El fallo más frecuente es «{ $tag }», en el { $share } de las conversaciones con «{ $name }»; no se puede saber si algún fallo se volvió más frecuente o menos frecuente: todos los intervalos incluyen el cero.
tags-most = El fallo más frecuente es «{ $tag }», en { $count } de { $scored } conversaciones evaluadas con «{ $name }».

tags-bar = { $tag }, { $name }: { $count } de { $scored } conversaciones evaluadas ({ $share }).
tags-bar-change = { $tag }, { $name }: { $count } de { $scored } conversaciones evaluadas ({ $share }), { $change } respecto a la referencia (IC 95 %: { $range }).
tags-bar-few = { $tag }, { $name }: { $count } de { $scored } conversaciones evaluadas, demasiado pocas tareas para un intervalo.
tags-bar-nothing = { $tag }, { $name }: todavía no se ha evaluado nada.
tags-further-named = { $n ->
    [one] { $n } etiqueta más: { $tags }.
   *[other] { $n } etiquetas más: { $tags }.
}

tags-share = Proporción de conversaciones
tags-change = Cambio, en puntos
tags-figures = Cambio (IC 95 %)
tags-fewer = menos
tags-more = más
tags-share-count = { $share } ({ $count })
tags-count = { $count } de { $scored }
tags-no-score = sin evaluar
tags-further = { $n ->
    [one] { $n } etiqueta más
   *[other] { $n } etiquetas más
}
tags-caption = Proporción de las conversaciones evaluadas con cada etiqueta de fallo, todas las tareas con el mismo peso; entre paréntesis, cuántas conversaciones. Evaluadas en cada condición: { $conversations }.
tags-caption-between = Proporción de las conversaciones evaluadas con cada etiqueta de fallo, todas las tareas con el mismo peso; entre paréntesis, cuántas conversaciones. Conversaciones evaluadas por condición: { $between }.
tags-caption-counts = Proporción de las conversaciones evaluadas con cada etiqueta de fallo, todas las tareas con el mismo peso; junto a cada barra, los recuentos.
tags-caption-change = Líneas a la derecha: intervalo de confianza del 95 % del cambio respecto a la referencia; marcas rellenas: el cero queda fuera.
tags-caption-few = Demasiado pocas tareas para intervalos de confianza.

tags-column-tag = Etiqueta de fallo
tags-column-tag-id = Etiqueta de fallo (id)
tags-column-count = Conversaciones con ella
tags-column-share = Proporción (%)
