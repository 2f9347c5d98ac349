# Доза и отклик: успешность в зависимости от уровня черты, ниже — измеренный уровень.

level-0 = Нет
level-1 = Слабо
level-2 = Заметно
level-3 = Сильно
level-4 = Предельно

# Главная фраза диаграммы.
response-nothing = Пока ничего не оценено.
response-fell = Каждая ступень черты «{ $name }» снижает успешность на { $points } (95 % ДИ { $range }; { $tasks }).
response-fell-of = Каждая ступень черты «{ $name }» снижает успешность на { $points } (95 % ДИ { $range }; { $tasks }) — больше всех из { $clear ->
    [one] { $clear } черты, явно снижающей
   *[many] { $clear } черт, явно снижающих
} успешность.
response-rose = Каждая ступень черты «{ $name }» повышает успешность на { $points } (95 % ДИ { $range }; { $tasks }).
response-rose-of = Каждая ступень черты «{ $name }» повышает успешность на { $points } (95 % ДИ { $range }; { $tasks }) — больше всех из { $clear ->
    [one] { $clear } черты, явно повышающей
   *[many] { $clear } черт, явно повышающих
} успешность.
response-cannot-tell = Нельзя сказать, влияет ли уровень черты «{ $name }» на успешность: интервал включает ноль ({ $change } на ступень, 95 % ДИ { $range }; { $tasks }).
response-cannot-tell-any = Нельзя сказать, влияет ли на успешность уровень хотя бы одной черты: все интервалы включают ноль (наибольший наклон, «{ $name }»: { $change } на ступень, 95 % ДИ { $range }; { $tasks }).
response-few = От уровня «{ $first }» до уровня «{ $last }» черты «{ $name }» успешность изменилась с { $from } до { $to }; задач слишком мало для дальнейших выводов ({ $tasks }).
response-one-level = Черта «{ $name }» испытана только на одном уровне («{ $last }»): успешность { $to } ({ $tasks }).

# Точка и наклон словами.
response-point = { $name }, { $level }: успешность { $rate } (95 % ДИ { $own } %; { $tasks }).
response-point-few = { $name }, { $level }: успешность { $rate }, { $tasks } — слишком мало для интервала.
response-point-nothing = { $name }, { $level }: пока ничего не оценено.
response-point-measured = { $point } Измеренный уровень — { $measured } из 4 (95 % ДИ { $own }).
response-point-measured-few = { $point } Измеренный уровень — { $measured } из 4.
response-slope-of = { $name }: { $change } на ступень (95 % ДИ { $range }; { $tasks }).
response-slope-few = { $name }: { $change } на ступень ({ $tasks }).

# На рисунке.
response-success = Успешность
response-measured = Измеренный уровень (0–4)
response-slope = { $change } на ступень (95 % ДИ { $range })
response-slope-no-interval = { $change } на ступень
response-no-slope = слишком мало задач для наклона
response-entry = { $name }: { $slope }
response-caption = Успешность на каждом запрошенном уровне. Полосы: 95%-й доверительный интервал. { $tasks }.
response-caption-between = Успешность на каждом запрошенном уровне. Полосы: 95%-й доверительный интервал. Задач: { $between }.
response-caption-few = Успешность на каждом запрошенном уровне. Слишком мало задач для доверительных интервалов ({ $tasks }).
response-caption-measured = Серая линия: клиенты, проявляющие ровно запрошенный уровень.

# Столбцы таблицы.
response-column-level = Запрошенный уровень (0–4)
response-column-measured = Измеренный уровень (0–4)
response-column-measured-low = Измеренный уровень, 95 % ДИ от
response-column-measured-high = Измеренный уровень, 95 % ДИ до
response-column-slope = Изменение на уровень (п. п.)
response-column-slope-low = Изменение на уровень, 95 % ДИ от (п. п.)
response-column-slope-high = Изменение на уровень, 95 % ДИ до (п. п.)
response-column-slope-tasks = Задачи с двумя и более уровнями
