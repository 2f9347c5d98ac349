# Words that several charts use.
range = { $low } à { $high }
tasks = { $n ->
    [one] { $n } tâche
   *[other] { $n } tâches
}
attempts = { $n ->
    [one] { $n } tentative
   *[other] { $n } tentatives
}
conversations = { $n ->
    [one] { $n } conversation
   *[other] { $n } conversations
}
# size: "12" or "0,4"; n is the same figure and chooses the plural
points = { $n ->
    [one] { $size } point
   *[other] { $size } points
}
verdict-worse = moins bon
verdict-better = meilleur
verdict-no-meaningful-change = aucun changement notable
verdict-cannot-tell = non concluant
shown-weak = trait faible
shown-cannot-tell = trait non vérifié
shown-not-shown = trait non manifesté
practice = Exercice, pas un vrai modèle.
without-traits = sans traits
success = Réussite
shown-shown = trait manifesté
no-name = (sans nom)
