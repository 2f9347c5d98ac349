# Aufgaben, deren Ergebnis sich änderte: jede Aufgabe von ihrer Erfolgsquote ohne Merkmale zu der unter einer Bedingung.
#
# $name: a condition's name, as the person wrote it; $task: a task's id.
# $broke, $same, $fixed: tasks that succeed less often, as often, more often; $compared: all of them.
# $before, $after: success without traits and under the condition ("67 %").

# The one sentence of the chart. $worst names the condition that most tasks broke under.
flips-nothing = Es ist noch keine Aufgabe verglichen.
flips-none = { $conditions ->
    [1] Bei „{ $name }“ gelang keine von { $compared } Aufgaben seltener oder häufiger als ohne Merkmale.
   *[other] Unter keiner von { $conditions } Bedingungen gelang eine Aufgabe seltener oder häufiger als ohne Merkmale.
}
flips-said = { $conditions ->
    [1] Bei „{ $name }“ { $broke ->
        [one] gelang
       *[other] gelangen
    } { $broke } von { $compared } Aufgaben seltener als ohne Merkmale und { $fixed } häufiger.
   *[other] Bei „{ $name }“, der Bedingung mit dem größten Überschuss verschlechterter Aufgaben, { $broke ->
        [one] gelang
       *[other] gelangen
    } { $broke } von { $compared } Aufgaben seltener als ohne Merkmale und { $fixed } häufiger.
}
flips-balance-better = { $conditions ->
    [1] Bei „{ $name }“ { $fixed ->
        [one] gelang
       *[other] gelangen
    } { $fixed } von { $compared } Aufgaben häufiger als ohne Merkmale und { $broke } seltener.
   *[other] Unter keiner von { $conditions } Bedingungen verschlechterten sich mehr Aufgaben, als sich verbesserten; bei „{ $name }“ { $fixed ->
        [one] gelang
       *[other] gelangen
    } { $fixed } von { $compared } Aufgaben häufiger als ohne Merkmale und { $broke } seltener.
}

# A condition in words.
flips-row = { $name }: von { $compared ->
    [one] { $compared } Aufgabe
   *[other] { $compared } Aufgaben
} { $broke } verschlechtert (seltener erfolgreich als ohne Merkmale), { $same } gleich geblieben und { $fixed } verbessert (häufiger erfolgreich).
flips-row-nothing = { $name }: Keine Aufgabe konnte verglichen werden.
flips-fell-out = { $tasks ->
    [one] { $tasks } Aufgabe konnte nicht verglichen werden, weil auf einer Seite keine Bewertung vorliegt.
   *[other] { $tasks } Aufgaben konnten nicht verglichen werden, weil auf einer Seite keine Bewertung vorliegt.
}

# A place in the picture.
flips-task = Aufgabe „{ $task }“ bei „{ $name }“: Erfolgsquote { $before } ohne Merkmale, { $after } unter der Bedingung.
flips-tasks = { $tasks ->
    [one] { $tasks } Aufgabe bei „{ $name }“: Erfolgsquote { $before } ohne Merkmale, { $after } unter der Bedingung.
   *[other] { $tasks } Aufgaben bei „{ $name }“: Erfolgsquote jeweils { $before } ohne Merkmale, { $after } unter der Bedingung.
}

# In the picture.
flips-broke = { $n } verschlechtert
flips-same = { $n } gleich
flips-fixed = { $n } verbessert
flips-not-compared = { $n } nicht verglichen
flips-group-broke = verschlechtert
flips-group-same = gleich
flips-group-fixed = verbessert
flips-no-task = noch keine Aufgabe verglichen
flips-axis = Erfolgsquote jeder Aufgabe
flips-baseline = ohne Merkmale
flips-condition = unter der Bedingung
flips-caption = { $tasks ->
    [one] { $tasks } Aufgabe. Verschlechtert: unter der Bedingung seltener erfolgreich als ohne Merkmale; verbessert: häufiger.
   *[other] { $tasks } Aufgaben, je eine Linie. Verschlechtert: unter der Bedingung seltener erfolgreich als ohne Merkmale; verbessert: häufiger.
}
flips-caption-between = { $low } bis { $high } Aufgaben, je eine Linie. Verschlechtert: unter der Bedingung seltener erfolgreich als ohne Merkmale; verbessert: häufiger.

# Columns of the table.
flips-column-id = Kennung
flips-column-name = Bedingung
flips-column-task = Aufgabe
flips-column-before = Erfolgsquote ohne Merkmale (%)
flips-column-after = Erfolgsquote (%)
flips-column-change = Änderung (Prozentpunkte)
flips-column-group = Entwicklung
