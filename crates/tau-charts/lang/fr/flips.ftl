# The flip strip: each task from its success without traits to its success under a condition.
#
# $name: a condition's name, as the person wrote it; $task: a task's id.
# $broke, $same, $fixed: tasks that succeed less often, as often, more often; $compared: all of them.
# $before, $after: success without traits and under the condition ("67 %").

# The one sentence of the chart. $worst names the condition that most tasks broke under.
flips-nothing = Aucune tâche n’a encore été comparée.
flips-none = { $conditions ->
    [1] Avec « { $name } », aucune tâche sur { $compared } n’a été réussie plus ou moins souvent que sans traits.
   *[other] Aucune tâche n’a été réussie plus ou moins souvent que sans traits dans aucune des { $conditions } conditions.
}
flips-said = { $conditions ->
    [1] Avec « { $name } », sur { $compared ->
        [one] { $compared } tâche
       *[other] { $compared } tâches
    }, { $broke ->
        [one] { $broke } a été réussie
       *[other] { $broke } ont été réussies
    } moins souvent que sans traits et { $fixed } plus souvent.
   *[other] Avec « { $name } » (plus grand solde de tâches dégradées), sur { $compared ->
        [one] { $compared } tâche
       *[other] { $compared } tâches
    }, { $broke ->
        [one] { $broke } a été réussie
       *[other] { $broke } ont été réussies
    } moins souvent que sans traits et { $fixed } plus souvent.
}
flips-balance-better = { $conditions ->
    [1] Avec « { $name } », sur { $compared ->
        [one] { $compared } tâche
       *[other] { $compared } tâches
    }, { $fixed ->
        [one] { $fixed } a été réussie
       *[other] { $fixed } ont été réussies
    } plus souvent que sans traits et { $broke } moins souvent.
   *[other] Aucune des { $conditions } conditions ne compte davantage de tâches dégradées que de tâches améliorées ; avec « { $name } », sur { $compared ->
        [one] { $compared } tâche
       *[other] { $compared } tâches
    }, { $fixed ->
        [one] { $fixed } a été réussie
       *[other] { $fixed } ont été réussies
    } plus souvent que sans traits et { $broke } moins souvent.
}

# A condition in words.
flips-row = { $name } : sur { $compared ->
        [one] { $compared } tâche
       *[other] { $compared } tâches
    }, { $broke ->
        [one] { $broke } dégradée
       *[other] { $broke } dégradées
    } (moins de réussite que sans traits), { $same ->
        [one] { $same } inchangée
       *[other] { $same } inchangées
    } et { $fixed ->
        [one] { $fixed } améliorée
       *[other] { $fixed } améliorées
    } (plus de réussite).
flips-row-nothing = { $name } : aucune tâche n’a pu être comparée.
flips-fell-out = { $tasks ->
    [one] { $tasks } tâche n’a pas pu être comparée, faute de note d’un côté.
   *[other] { $tasks } tâches n’ont pas pu être comparées, faute de note d’un côté.
}

# A place in the picture.
flips-task = Tâche « { $task } » avec « { $name } » : { $before } de réussite sans traits, { $after } dans la condition.
flips-tasks = { $tasks ->
    [one] { $tasks } tâche avec « { $name } » : { $before } de réussite sans traits, { $after } dans la condition.
   *[other] { $tasks } tâches avec « { $name } », chacune : { $before } de réussite sans traits, { $after } dans la condition.
}

# In the picture.
flips-broke = { $n ->
        [one] { $n } dégradée
       *[other] { $n } dégradées
    }
flips-same = { $n ->
        [one] { $n } inchangée
       *[other] { $n } inchangées
    }
flips-fixed = { $n ->
        [one] { $n } améliorée
       *[other] { $n } améliorées
    }
flips-not-compared = { $n ->
        [one] { $n } non comparée
       *[other] { $n } non comparées
    }
flips-group-broke = dégradée
flips-group-same = inchangée
flips-group-fixed = améliorée
flips-no-task = aucune tâche comparée pour l’instant
flips-axis = Réussite de chaque tâche
flips-baseline = sans traits
flips-condition = dans la condition
flips-caption = { $tasks ->
    [one] { $tasks } tâche. Dégradée : moins souvent réussie dans la condition que sans traits ; améliorée : plus souvent.
   *[other] { $tasks } tâches, une ligne par tâche. Dégradée : moins souvent réussie dans la condition que sans traits ; améliorée : plus souvent.
}
flips-caption-between = { $low } à { $high } tâches, une ligne par tâche. Dégradée : moins souvent réussie dans la condition que sans traits ; améliorée : plus souvent.

# Columns of the table.
flips-column-id = Id
flips-column-name = Condition
flips-column-task = Tâche
flips-column-before = Réussite sans traits (%)
flips-column-after = Réussite (%)
flips-column-change = Variation (points)
flips-column-group = Évolution
