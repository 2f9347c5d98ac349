# A quién se deben los fallos: una pila por condición.

faults-nothing = Todavía no se ha evaluado nada.
faults-none-failed = { $scored ->
    [one] La única conversación evaluada no falló.
   *[other] Ninguna de las { $scored } conversaciones evaluadas falló.
}
faults-unjudged = Conversaciones fallidas: { $failed } de { $scored } evaluadas; todavía nadie ha juzgado a quién se debieron los fallos.
faults-judged = { $failed ->
    [one] De { $failed } fallo
   *[other] De { $failed } fallos
} en { $scored ->
    [one] { $scored } conversación evaluada
   *[other] { $scored } conversaciones evaluadas
}, el agente causó { $agent }, el cliente { $user } y el entorno { $environment }; hay { $grader } con evaluación dudosa y { $unjudged } sin juzgar.
faults-judged-all = { $failed ->
    [one] De { $failed } fallo
   *[other] De { $failed } fallos
} en { $scored ->
    [one] { $scored } conversación evaluada
   *[other] { $scored } conversaciones evaluadas
}, el agente causó { $agent }, el cliente { $user } y el entorno { $environment }; hay { $grader } con evaluación dudosa.

faults-row = { $name }: { $failed ->
    [one] falló { $failed }
   *[other] fallaron { $failed }
} de { $scored } conversaciones evaluadas ({ $share }); cliente { $user }, agente { $agent }, entorno { $environment }, evaluación { $grader }, sin juzgar { $unjudged }; sin evaluar { $not-scored }.
faults-row-nothing = { $name }: todavía no se ha evaluado nada; sin evaluar { $not-scored }.
faults-part-user = { $name }: { $n } de { $failed } fallos causados por el cliente ({ $share } de { $scored } conversaciones evaluadas).
faults-part-agent = { $name }: { $n } de { $failed } fallos causados por el agente ({ $share } de { $scored } conversaciones evaluadas).
faults-part-environment = { $name }: { $n } de { $failed } fallos causados por el entorno ({ $share } de { $scored } conversaciones evaluadas).
faults-part-grader = { $name }: { $n } de { $failed } fallos con evaluación dudosa ({ $share } de { $scored } conversaciones evaluadas).
faults-part-unjudged = { $name }: { $n } de { $failed } fallos sin juzgar ({ $share } de { $scored } conversaciones evaluadas).

faults-user = Cliente
faults-agent = Agente
faults-environment = Entorno
faults-grader = Evaluación
faults-not-judged = Sin juzgar
faults-count = { $failed } de { $scored } con fallo
faults-not-scored = { $n } sin evaluar
faults-no-score = nada evaluado todavía
faults-caption = Conversaciones fallidas, como proporción de las evaluadas, según a quién se debe el fallo; debajo de cada barra, los recuentos. Las conversaciones sin evaluar se cuentan al lado y no están en ninguna barra.

faults-column-failed = Conversaciones fallidas
faults-column-share = Fallidas (% de las evaluadas)
faults-column-user = Responsable: cliente
faults-column-agent = Responsable: agente
faults-column-environment = Responsable: entorno
faults-column-grader = Responsable: evaluación
faults-column-unjudged = Responsable: sin juzgar
