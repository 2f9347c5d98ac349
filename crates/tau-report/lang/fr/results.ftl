# What stands beside the figures of a run: notes, cautions, the line without customers' faults.
# $name, $names, $one, $other: names of conditions or runs, as the person wrote them.

results-tasks = { $n ->
    [one] { $n } tâche
   *[other] { $n } tâches
}
results-conversations = { $n ->
    [one] { $n } conversation
   *[other] { $n } conversations
}

# Notes.
note-open = { $n ->
    [one] { $n } conversation sur { $total } doit encore se terminer.
   *[other] { $n } conversations sur { $total } doivent encore se terminer.
}
note-fell-out = { $name } : { $n ->
    [one] { $n } tâche écartée
   *[other] { $n } tâches écartées
} de la comparaison, faute de note d’un côté.
note-no-intervals = Avec moins de { $least } tâches, aucun intervalle n’est donné.
# $test: mcnemar (one attempt a task) or sign-flip. $n: conditions compared with the baseline.
note-p-values = { $test ->
    [mcnemar] { $n ->
        [1] Valeur p : test exact de McNemar.
       *[other] Valeurs p : test exact de McNemar, avec correction pour { $n } comparaisons (Holm).
    }
   *[sign-flip] { $n ->
        [1] Valeur p : test par inversion de signes sur les tâches.
       *[other] Valeurs p : test par inversion de signes sur les tâches, avec correction pour { $n } comparaisons (Holm).
    }
}
note-practice = Exercice, pas un vrai modèle.
note-wording = Consignes dans la formulation de { $wording }.

# Cautions about one run.
caution-few-tasks = { $n ->
    [0] Aucune tâche n’a de note : il n’y a que des décomptes, sans intervalles ni verdicts. Lancez au moins { $least } tâches pour comparer.
    [1] Une seule tâche a une note : il n’y a que des décomptes, sans intervalles ni verdicts. Lancez au moins { $least } tâches pour comparer.
   *[other] Seules { $n } tâches ont une note : il n’y a que des décomptes, sans intervalles ni verdicts. Lancez au moins { $least } tâches pour comparer.
}
caution-stopped = L’exécution a été arrêtée avant la fin : { $open ->
    [one] { $open } conversation sur { $total } n’a pas eu lieu
   *[other] { $open } conversations sur { $total } n’ont pas eu lieu
}. Une exécution arrêtée à cause de ce qu’elle montre tend à l’exagérer.
caution-not-scored = { $n ->
    [one] { $n } conversation non notée sur { $total } : elle n’a pas pu être terminée et ne compte ni comme réussite ni comme échec.
   *[other] { $n } conversations non notées sur { $total } : elles n’ont pas pu être terminées et ne comptent ni comme réussite ni comme échec.
}
caution-reply-cache = { $cached } réponses sur { $total } viennent de la mémoire des réponses précédentes. Elles répètent ce qui a déjà été dit : elles n’apportent pas de preuve nouvelle, et le coût et la durée sont ceux des autres réponses.
caution-reply-cache-attempts = { $cached } réponses sur { $total } viennent de la mémoire des réponses précédentes. Ces tentatives répètent des tentatives précédentes : elles n’apportent pas de preuve nouvelle de la constance de l’agent, et le coût et la durée sont ceux des autres réponses.
caution-excluded = { $n ->
    [1] Une tâche a été écartée après l’exécution : { $tasks }.
   *[other] { $n } tâches ont été écartées après l’exécution : { $tasks }.
}
caution-margin = La marge a été modifiée après l’exécution : de { $planned } à { $margin } points.
caution-baseline = Les conditions sont comparées à « { $name } », et non à des clients sans traits.
caution-left-out = { $n ->
    [1] Une conversation échouée par la faute du client a été écartée après l’exécution.
   *[other] { $n } conversations échouées par la faute du client ont été écartées après l’exécution.
}
caution-trait-not-shown = Les clients de « { $name } » n’ont pas manifesté le trait ; la variation n’en dit donc rien.
caution-trait-weak = Les clients de « { $name } » n’ont manifesté le trait que faiblement.

# Cautions about runs that are compared. $which: "gpt-4o (Run 1, Run 2); steer (Run 3)".
caution-which = { $value } ({ $runs })
caution-customer-model = Les exécutions n’ont pas les mêmes clients : { $which }. Leurs différences peuvent venir de là.
caution-customer-strategy = Les clients des exécutions ne sont pas produits de la même façon : { $which }. Les différences entre les exécutions peuvent venir de là.
caution-prompts = Les exécutions n’ont pas les mêmes consignes : { $which }. Leurs différences peuvent venir de là.
caution-grader = Les exécutions n’ont pas été notées selon les mêmes règles : { $which }. Elles ne sont pas comparées entre elles.
caution-data = Le contenu du domaine n’est pas le même dans { $runs }. Ces exécutions ne sont pas comparées entre elles.
caution-temperature = Les agents n’avaient pas la même température : { $which }. Les différences entre les exécutions peuvent venir de là.
caution-steps = Les conversations n’avaient pas toutes la même durée maximale, en étapes de l’agent : { $which }. Les différences entre les exécutions peuvent venir de là.
caution-set-up = Les exécutions diffèrent sur « { $what } » : { $which }. Leurs différences de résultat peuvent venir de là.
caution-tasks = Les exécutions n’ont pas le même ensemble de tâches : { $which }. Seules les tâches communes sont comparées.

# Without the customers' faults. $sentence: the headline of that result, a whole sentence.
sensitivity-without = { $n ->
    [1] Sans la conversation où le client était en faute : { $sentence }
   *[other] Sans les { $n } conversations où le client était en faute : { $sentence }
}
sensitivity-with = { $n ->
    [1] Avec la conversation écartée, où le client était en faute : { $sentence }
   *[other] Avec les { $n } conversations écartées, où le client était en faute : { $sentence }
}
