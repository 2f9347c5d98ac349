# Cada tarea, de su éxito sin rasgos a su éxito en una condición.

flips-nothing = Todavía no se ha comparado ninguna tarea.
flips-none = { $conditions ->
    [1] { $compared ->
        [1] Con «{ $name }», la única tarea comparada tuvo éxito con la misma frecuencia que sin rasgos.
       *[other] Con «{ $name }», ninguna de las { $compared } tareas tuvo éxito con mayor ni con menor frecuencia que sin rasgos.
    }
   *[other] En ninguna de las { $conditions } condiciones hubo tareas con éxito más frecuente ni menos frecuente que sin rasgos.
}
flips-said = { $conditions ->
    [1] Con «{ $name }», { $broke ->
        [one] { $broke } de { $compared } tareas tuvo
       *[other] { $broke } de { $compared } tareas tuvieron
    } éxito menos a menudo que sin rasgos y { $fixed } más a menudo.
   *[other] Con «{ $name }», la condición con el mayor saldo de tareas que empeoraron, { $broke ->
        [one] { $broke } de { $compared } tareas tuvo
       *[other] { $broke } de { $compared } tareas tuvieron
    } éxito menos a menudo que sin rasgos y { $fixed } más a menudo.
}
flips-balance-better = { $conditions ->
    [1] Con «{ $name }», { $fixed ->
        [one] { $fixed } de { $compared } tareas tuvo
       *[other] { $fixed } de { $compared } tareas tuvieron
    } éxito más a menudo que sin rasgos y { $broke } menos a menudo.
   *[other] En ninguna de las { $conditions } condiciones empeoraron más tareas de las que mejoraron; con «{ $name }», { $fixed ->
        [one] { $fixed } de { $compared } tareas tuvo
       *[other] { $fixed } de { $compared } tareas tuvieron
    } éxito más a menudo que sin rasgos y { $broke } menos a menudo.
}

flips-row = { $name }: de { $compared ->
    [one] { $compared } tarea
   *[other] { $compared } tareas
}, { $broke ->
    [one] { $broke } empeoró
   *[other] { $broke } empeoraron
} (éxito menos frecuente que sin rasgos), { $same ->
    [one] { $same } siguió igual
   *[other] { $same } siguieron igual
} y { $fixed ->
    [one] { $fixed } mejoró
   *[other] { $fixed } mejoraron
} (éxito más frecuente).
flips-row-nothing = { $name }: no se pudo comparar ninguna tarea.
flips-fell-out = { $tasks ->
    [one] No se pudo comparar { $tasks } tarea porque un lado no tiene evaluación.
   *[other] No se pudieron comparar { $tasks } tareas porque un lado no tiene evaluación.
}

flips-task = Tarea «{ $task }» con «{ $name }»: { $before } de éxito sin rasgos, { $after } en la condición.
flips-tasks = { $tasks ->
    [one] { $tasks } tarea con «{ $name }»: { $before } de éxito sin rasgos, { $after } en la condición.
   *[other] { $tasks } tareas con «{ $name }»: cada una, { $before } de éxito sin rasgos y { $after } en la condición.
}

flips-broke = { $n ->
    [one] { $n } empeoró
   *[other] { $n } empeoraron
}
flips-same = { $n ->
    [one] { $n } igual
   *[other] { $n } iguales
}
flips-fixed = { $n ->
    [one] { $n } mejoró
   *[other] { $n } mejoraron
}
flips-not-compared = { $n } sin comparar
flips-group-broke = empeoró
flips-group-same = igual
flips-group-fixed = mejoró
flips-no-task = ninguna tarea comparada todavía
flips-axis = Éxito de cada tarea
flips-baseline = sin rasgos
flips-condition = en la condición
flips-caption = { $tasks ->
    [one] { $tasks } tarea. Empeoró: tuvo éxito menos a menudo en la condición que sin rasgos; mejoró: más a menudo.
   *[other] { $tasks } tareas, una línea por tarea. Empeoró: la tarea tuvo éxito menos a menudo en la condición que sin rasgos; mejoró: más a menudo.
}
flips-caption-between = De { $low } a { $high } tareas, una línea por tarea. Empeoró: la tarea tuvo éxito menos a menudo en la condición que sin rasgos; mejoró: más a menudo.

flips-column-id = Id
flips-column-name = Condición
flips-column-task = Tarea
flips-column-before = Éxito sin rasgos (%)
flips-column-after = Éxito (%)
flips-column-change = Cambio (puntos)
flips-column-group = Qué pasó con ella
