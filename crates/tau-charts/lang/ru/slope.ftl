# Наклонная диаграмма: успешность двух версий агента, по линии на условие.

slope-where = { $condition ->
    [baseline] От «{ $left }» к «{ $right }» успешность без черт
   *[other] От «{ $left }» к «{ $right }» успешность в условии «{ $name }»
}
slope-among-drops = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного снижения
   *[many] {" "}— это наибольшее из { $clear } явных снижений
}
slope-among-rises = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного повышения
   *[many] {" "}— это наибольшее из { $clear } явных повышений
}

# Главная фраза диаграммы.
slope-nothing = У двух версий пока нет ни одной общей оценённой задачи.
slope-fell = { slope-where } снизилась на { $points } (95 % ДИ { $range }; { $tasks }){ slope-among-drops }.
slope-rose = { slope-where } повысилась на { $points } (95 % ДИ { $range }; { $tasks }){ slope-among-rises }.
slope-unchanged = { slope-where } существенно не изменилась ({ $change }, 95 % ДИ { $range }; { $tasks }).
slope-unchanged-all = От «{ $left }» к «{ $right }» успешность существенно не изменилась ни в одном условии (всего их { $conditions }).
slope-cannot-tell = { $condition ->
    [baseline] Нельзя сказать, изменилась ли успешность без черт от «{ $left }» к «{ $right }»: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $tasks }).
   *[other] Нельзя сказать, изменилась ли успешность в условии «{ $name }» от «{ $left }» к «{ $right }»: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] Нельзя сказать, изменилась ли успешность от «{ $left }» к «{ $right }»: все интервалы включают ноль (наибольший сдвиг, без черт: { $change }, 95 % ДИ { $range }; { $tasks }).
   *[other] Нельзя сказать, изменилась ли успешность от «{ $left }» к «{ $right }»: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $tasks }).
}
# Меньше десяти задач.
slope-few = { slope-where } изменилась с { $before } до { $after }; { $n ->
    [one] { $n } задача — слишком мало для дальнейших выводов.
    [few] { $n } задачи — слишком мало для дальнейших выводов.
   *[many] { $n } задач — слишком мало для дальнейших выводов.
}

# Условие словами.
slope-before = { $former ->
    [yes] успешность { $before } у «{ $left }» (95 % ДИ { $before-range })
   *[no] успешность { $before } у «{ $left }»
}
slope-after = { $latter ->
    [yes] { $after } у «{ $right }» (95 % ДИ { $after-range })
   *[no] { $after } у «{ $right }»
}
slope-way = { $way ->
    [same] столько же
    [lower] на { $points } ниже
   *[higher] на { $points } выше
}
slope-row = { $between ->
    [yes] { $name }: { slope-before }, { slope-after }, { slope-way } (95 % ДИ { $range }); { $verdict }; { $tasks }.
   *[no] { $name }: { slope-before }, { slope-after }, { slope-way } (слишком мало задач для интервала); { $tasks }.
}

# На рисунке.
slope-too-few = слишком мало задач
slope-caption = { $tasks } с оценкой в обеих версиях, сравнение по каждой задаче. Закрашенные метки справа: ноль вне 95%-го доверительного интервала изменения.
slope-caption-few = { $tasks } с оценкой в обеих версиях, сравнение по каждой задаче. Слишком мало задач для доверительных интервалов.
slope-caption-between = Задач с оценкой в обеих версиях: от { $low } до { $high }, сравнение по каждой задаче. Закрашенные метки справа: ноль вне 95%-го доверительного интервала изменения.
slope-caption-lines = Вертикальные линии: 95%-й доверительный интервал каждого значения.

# Столбцы таблицы. $run: название версии.
slope-column-id = ID
slope-column-name = Условие
slope-column-tasks = Сравнено задач
slope-column-rate = Успешность, { $run } (%)
slope-column-rate-low = 95 % ДИ от, { $run } (%)
slope-column-rate-high = 95 % ДИ до, { $run } (%)
slope-column-change = Изменение (п. п.)
slope-column-low = 95 % ДИ от (п. п.)
slope-column-high = 95 % ДИ до (п. п.)
slope-column-verdict = Вердикт
