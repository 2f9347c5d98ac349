# Lo que acompaña a las cifras de una ejecución: notas, advertencias, la frase sin los fallos del cliente.
# $name, $names, $one, $other: nombres de condiciones o de ejecuciones, como los escribió la persona.

results-tasks = { $n ->
    [one] { $n } tarea
   *[other] { $n } tareas
}
results-conversations = { $n ->
    [one] { $n } conversación
   *[other] { $n } conversaciones
}

# Notes.
note-open = Conversaciones por terminar: { $n } de { $total }.
note-fell-out = { $name }: { results-tasks } fuera de la comparación por falta de evaluación en un lado.
note-no-intervals = Con menos de { $least } tareas no se dan intervalos.
# $test: mcnemar (one attempt a task) or sign-flip. $n: conditions compared with the baseline.
note-p-values = { $test ->
    [mcnemar] { $n ->
        [1] Valor p: prueba exacta de McNemar.
       *[other] Valores p: prueba exacta de McNemar, con corrección por { $n } comparaciones (Holm).
    }
   *[sign-flip] { $n ->
        [1] Valor p: prueba de cambio de signo sobre las tareas.
       *[other] Valores p: prueba de cambio de signo sobre las tareas, con corrección por { $n } comparaciones (Holm).
    }
}
note-practice = Práctica: no es un modelo real.
note-wording = Prompts con la redacción de { $wording }.

# Cautions about one run.
caution-few-tasks = { $n ->
    [one] Solo se ha evaluado una tarea: hay recuentos, pero no intervalos ni veredictos. Ejecute { $least } tareas o más para comparar.
   *[other] Solo se han evaluado { $n } tareas: hay recuentos, pero no intervalos ni veredictos. Ejecute { $least } tareas o más para comparar.
}
caution-stopped = La ejecución se detuvo antes de terminar: { $open ->
    [one] quedó sin hacer { $open } conversación
   *[other] quedaron sin hacer { $open } conversaciones
} de { $total }. Una ejecución que se detiene por lo que muestra exagera lo que muestra.
caution-not-scored = Conversaciones sin evaluar: { $n } de { $total }; no se pudieron terminar y no cuentan ni como éxito ni como fallo.
caution-reply-cache = { $cached } de { $total } respuestas proceden de la memoria de respuestas anteriores. Repiten lo que ya se dijo: no son una prueba nueva, y el coste y el tiempo son solo los de las demás.
caution-reply-cache-attempts = { $cached } de { $total } respuestas proceden de la memoria de respuestas anteriores. Estos intentos repiten otros anteriores: no son una prueba nueva de la constancia del agente, y el coste y el tiempo son solo los de las demás.
caution-excluded = { $n ->
    [one] Se excluyó una tarea después de la ejecución: { $tasks }.
   *[other] Se excluyeron { $n } tareas después de la ejecución: { $tasks }.
}
caution-margin = El margen se cambió después de la ejecución, de { $planned } a { $margin } puntos.
caution-baseline = Las condiciones se comparan con «{ $name }», no con clientes sin rasgos.
caution-left-out = { $n ->
    [one] Después de la ejecución se excluyó una conversación que falló por culpa del cliente.
   *[other] Después de la ejecución se excluyeron { $n } conversaciones que fallaron por culpa del cliente.
}
caution-trait-not-shown = Los clientes de «{ $name }» no mostraron el rasgo, así que el cambio no dice nada sobre él.
caution-trait-weak = Los clientes de «{ $name }» solo mostraron el rasgo débilmente.

# Cautions about runs that are compared. $which: "gpt-4o (Run 1, Run 2); steer (Run 3)".
caution-which = { $value } ({ $runs })
caution-customer-model = Las ejecuciones no tienen los mismos clientes: { $which }. Las diferencias entre ellas pueden deberse a eso.
caution-customer-strategy = Los clientes de las ejecuciones no están hechos del mismo modo: { $which }. Las diferencias entre ellas pueden deberse a eso.
caution-prompts = Las ejecuciones no tienen los mismos prompts: { $which }. Las diferencias entre ellas pueden deberse a eso.
caution-grader = Las ejecuciones no se evaluaron con las mismas reglas: { $which }. No se comparan entre sí.
caution-data = El contenido del dominio no es el mismo en { $runs }. No se comparan entre sí.
caution-temperature = Los agentes no tenían la misma temperatura: { $which }. Las diferencias entre las ejecuciones pueden deberse a eso.
caution-steps = Las conversaciones no podían durar lo mismo; máximo de pasos del agente: { $which }. Las diferencias entre las ejecuciones pueden deberse a eso.
caution-set-up = Las ejecuciones difieren en «{ $what }»: { $which }. Las diferencias entre ellas pueden deberse a eso.
caution-tasks = Las ejecuciones no tienen el mismo conjunto de tareas: { $which }. Solo se comparan las tareas que tienen en común.

# Without the customers' faults. $sentence: the headline of that result, a whole sentence.
sensitivity-without = { $n ->
    [one] Sin la única conversación en la que la culpa fue del cliente: { $sentence }
   *[other] Sin las { $n } conversaciones en las que la culpa fue del cliente: { $sentence }
}
sensitivity-with = { $n ->
    [one] Con la única conversación excluida, en la que la culpa fue del cliente: { $sentence }
   *[other] Con las { $n } conversaciones excluidas, en las que la culpa fue del cliente: { $sentence }
}
