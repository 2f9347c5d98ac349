# Curvas de pass^k: la probabilidad de que k de k intentos de una tarea tengan éxito.

pass-k-nothing = Todavía no se ha evaluado nada.
pass-k-fell = { $k ->
    [one] La probabilidad de que un intento de una tarea tenga éxito bajó { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }.
   *[other] La probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito bajó { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }.
}
pass-k-fell-of = { $k ->
    [one] La probabilidad de que un intento de una tarea tenga éxito bajó { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }: es la mayor de { $clear } caídas claras.
   *[other] La probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito bajó { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }: es la mayor de { $clear } caídas claras.
}
pass-k-rose = { $k ->
    [one] La probabilidad de que un intento de una tarea tenga éxito subió { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }.
   *[other] La probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito subió { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }.
}
pass-k-rose-of = { $k ->
    [one] La probabilidad de que un intento de una tarea tenga éxito subió { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }: es la mayor de { $clear } subidas claras.
   *[other] La probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito subió { $points } con «{ $name }» (IC 95 %: { $range }; { $tasks }), hasta el { $value }: es la mayor de { $clear } subidas claras.
}
pass-k-cannot-tell = { $k ->
    [one] No se puede saber si «{ $name }» cambia la probabilidad de que un intento de una tarea tenga éxito: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $tasks }).
   *[other] No se puede saber si «{ $name }» cambia la probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito: el intervalo incluye el cero ({ $change }, IC 95 %: { $range }; { $tasks }).
}
pass-k-cannot-tell-any = { $k ->
    [one] No se puede saber si alguna condición cambia la probabilidad de que un intento de una tarea tenga éxito: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $tasks }).
   *[other] No se puede saber si alguna condición cambia la probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito: todos los intervalos incluyen el cero (mayor variación, «{ $name }»: { $change }, IC 95 %: { $range }; { $tasks }).
}
pass-k-few = { $k ->
    [one] Con «{ $name }», la probabilidad de que un intento de una tarea tenga éxito es del { $value }; menos de 10 tareas ({ $tasks }) no bastan para decir más.
   *[other] Con «{ $name }», la probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito es del { $value }; menos de 10 tareas ({ $tasks }) no bastan para decir más.
}
pass-k-alone = { $k ->
    [one] Con «{ $name }», la probabilidad de que un intento de una tarea tenga éxito es del { $value } (IC 95 %: { $range } %; { $tasks }).
   *[other] Con «{ $name }», la probabilidad de que { $k } de { $k } intentos de una tarea tengan éxito es del { $value } (IC 95 %: { $range } %; { $tasks }).
}

pass-k-point = { $name }, k = { $k }: { $value } (IC 95 %: { $own } %; { $tasks }).
pass-k-point-few = { $name }, k = { $k }: { $value } ({ $tasks }, demasiado pocas para un intervalo).
pass-k-point-change = { $name }, k = { $k }: { $value } (IC 95 %: { $own } %; { $tasks }), { $change } respecto a la referencia (IC 95 %: { $range }).
pass-k-series-nothing = { $name }: todavía no se ha evaluado nada.

pass-k-tick = k = { $k }
pass-k-tasks = n = { $n }
pass-k-at = { $value } con k = { $k }
pass-k-at-change = { $value } con k = { $k }: { $change } (IC 95 %: { $range })
pass-k-entry = { $name }: { $value } con k = { $k }
pass-k-caption = Probabilidad de que k de k intentos de una tarea tengan éxito. Bandas: intervalo de confianza del 95 %. { $tasks }.
pass-k-caption-few = Probabilidad de que k de k intentos de una tarea tengan éxito. Demasiado pocas tareas para intervalos de confianza ({ $tasks }).
pass-k-caption-n = n: tareas con k intentos evaluados.

pass-k-column-k = Intentos que deben tener éxito (k de k)
pass-k-column-chance = Probabilidad (%)
pass-k-column-low = Probabilidad, IC 95 % desde (%)
pass-k-column-high = Probabilidad, IC 95 % hasta (%)
pass-k-column-tasks = Tareas con k intentos evaluados
