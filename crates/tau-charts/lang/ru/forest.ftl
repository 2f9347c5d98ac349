# Диаграмма с точками и интервалами: успешность или затраты в каждом условии и изменение относительно базового.
# Клиенты всюду названы по условию ($name): английские слова $customers здесь не нужны.

# Начала и концы фраз ниже.
forest-under = В условии «{ $name }»
forest-baseline = { $named ->
    [yes] в условии «{ $baseline }»
   *[no] без черт
}
forest-against = { $named ->
    [yes] {" "}относительно условия «{ $baseline }»
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного снижения
   *[many] {" "}— это наибольшее из { $clear } явных снижений
}
forest-among-rises = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного повышения
   *[many] {" "}— это наибольшее из { $clear } явных повышений
}
forest-too-few = { $tasks-few ->
    [one] { $tasks-few } задача — слишком мало для дальнейших выводов.
    [few] { $tasks-few } задачи — слишком мало для дальнейших выводов.
   *[many] { $tasks-few } задач — слишком мало для дальнейших выводов.
}
forest-design = { $tasks } × { $attempts }
forest-tasks-between = { $high ->
    [one] { $low }–{ $high } задача
    [few] { $low }–{ $high } задачи
   *[many] { $low }–{ $high } задач
}

# Главная фраза диаграммы.
forest-nothing = Пока ничего не оценено.
forest-not-shown = Клиенты условия «{ $name }» не проявили черту, поэтому изменение ничего о ней не говорит.
forest-fell = { forest-under } успешность снизилась на { $points }{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-drops }.
forest-rose = { forest-under } успешность повысилась на { $points }{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-rises }.
forest-unchanged = { forest-under } успешность существенно не изменилась{ forest-against }: интервал целиком лежит в пределах { $margin } от нуля ({ $design }).
forest-unchanged-all = Ни одна черта не изменила успешность существенно{ forest-against }: все интервалы лежат в пределах { $margin } от нуля.
forest-cannot-tell = Нельзя сказать, меняется ли успешность в условии «{ $name }»{ forest-against }: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $design }).
forest-cannot-tell-any = Нельзя сказать, меняет ли успешность хотя бы одна черта{ forest-against }: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $design }).
forest-few = { forest-under } успешных диалогов — { $passed } из { $scored }, { forest-baseline } — { $baseline-passed } из { $baseline-scored }; { forest-too-few }
forest-alone = { $condition ->
    [baseline] Агент добился успеха в { $rate } диалогов (95 % ДИ { $range }; оценено: { $conversations }).
   *[other] В условии «{ $name }» агент добился успеха в { $rate } диалогов (95 % ДИ { $range }; оценено: { $conversations }).
}
forest-alone-few = { $condition ->
    [baseline] Оценено: { $conversations }; агент добился успеха в { $passed } из них.
   *[other] В условии «{ $name }» оценено: { $conversations }; агент добился успеха в { $passed } из них.
}

# Фраза там, где измеряются затраты. Число реплик и вызовов всегда с дробью: «2,1 реплики».
forest-among-increases = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного увеличения
   *[many] {" "}— это наибольшее из { $clear } явных увеличений
}
forest-among-decreases = { $clear ->
    [1] {""}
    [one] {" "}— это наибольшее из { $clear } явного уменьшения
   *[many] {" "}— это наибольшее из { $clear } явных уменьшений
}
forest-more = { $measure ->
    [turns] { forest-under } диалог занимал на { $size } реплики больше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-increases }.
    [tool_calls] { forest-under } агент делал за диалог на { $size } вызова инструментов больше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-increases }.
    [cost] { forest-under } диалог стоил на { $size } больше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-increases }.
   *[seconds] { forest-under } диалог длился на { $size } дольше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under } диалог занимал на { $size } реплики меньше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under } агент делал за диалог на { $size } вызова инструментов меньше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-decreases }.
    [cost] { forest-under } диалог стоил на { $size } меньше{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-decreases }.
   *[seconds] { forest-under } диалог был короче на { $size }{ forest-against } (95 % ДИ { $range }; { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] Нельзя сказать, меняется ли число реплик в диалоге в условии «{ $name }»{ forest-against }: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $design }).
    [tool_calls] Нельзя сказать, меняется ли число вызовов инструментов за диалог в условии «{ $name }»{ forest-against }: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $design }).
    [cost] Нельзя сказать, меняется ли стоимость диалога в условии «{ $name }»{ forest-against }: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $design }).
   *[seconds] Нельзя сказать, меняется ли длительность диалога в условии «{ $name }»{ forest-against }: интервал включает ноль ({ $change }, 95 % ДИ { $range }; { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] Нельзя сказать, меняет ли число реплик в диалоге хотя бы одна черта{ forest-against }: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $design }).
    [tool_calls] Нельзя сказать, меняет ли число вызовов инструментов за диалог хотя бы одна черта{ forest-against }: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $design }).
    [cost] Нельзя сказать, меняет ли стоимость диалога хотя бы одна черта{ forest-against }: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $design }).
   *[seconds] Нельзя сказать, меняет ли длительность диалога хотя бы одна черта{ forest-against }: все интервалы включают ноль (наибольший сдвиг, «{ $name }»: { $change }, 95 % ДИ { $range }; { $design }).
}
forest-effort-few = { $measure ->
    [turns] { forest-under } диалог занимал в среднем { $rate } реплики, { forest-baseline } — { $baseline-rate }; { forest-too-few }
    [tool_calls] { forest-under } на диалог приходилось в среднем { $rate } вызова инструментов, { forest-baseline } — { $baseline-rate }; { forest-too-few }
    [cost] { forest-under } диалог стоил в среднем { $rate }, { forest-baseline } — { $baseline-rate }; { forest-too-few }
   *[seconds] { forest-under } диалог длился в среднем { $rate }, { forest-baseline } — { $baseline-rate }; { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] Диалог занимал в среднем { $rate } реплики ({ $conversations }).
    [tool_calls] На диалог приходилось в среднем { $rate } вызова инструментов ({ $conversations }).
    [cost] Диалог стоил в среднем { $rate } ({ $conversations }).
   *[seconds] Диалог длился в среднем { $rate } ({ $conversations }).
}

# Строка словами.
forest-row = { $name }: { forest-amount } против { $baseline-rate } { forest-baseline }, { forest-way } ({ forest-interval }); { $verdict }; { $tasks }; { forest-scored }.
forest-row-alone = { $name }: { forest-amount }; { forest-scored }.
forest-row-nothing = { $name }: пока нечего показать; { forest-scored }.
forest-row-not-shown = Однако клиенты не проявили черту.
forest-row-weak = Однако клиенты проявили черту лишь слабо.
forest-amount = { $measure ->
    [success] успешность { $rate }
    [turns] { $rate } реплики на диалог
    [tool_calls] { $rate } вызова инструментов на диалог
   *[other] { $rate } на диалог
}
# $way: same, lower или higher; $size: изменение без знака.
forest-way = { $way ->
    [same] столько же
    [lower] на { $size } меньше
   *[higher] на { $size } больше
}
forest-interval = { $interval ->
    [yes] 95%-й доверительный интервал { $range }
   *[no] слишком мало задач для интервала
}
forest-scored = { $measure ->
    [success] оценено диалогов: { $scored } из { $planned }
   *[other] измерено диалогов: { $scored } из { $planned }
}

# На рисунке.
forest-level = { $measure ->
    [success] Успешность
    [turns] Реплик на диалог
    [tool_calls] Вызовов инструментов на диалог
    [cost] Стоимость диалога
   *[seconds] Время диалога
}
forest-change = { $unit ->
    [success] Изменение, п. п.
    [turns] Изменение, реплики
    [tool_calls] Изменение, вызовы инструментов
    [cost] Изменение, долл. США
    [minutes] Изменение, минуты
   *[seconds] Изменение, секунды
}
forest-figures = Изменение (95 % ДИ)
forest-left = { $measure ->
    [success] хуже
   *[other] меньше
}
forest-right = { $measure ->
    [success] лучше
   *[other] больше
}
forest-no-clear-change = нет явного изменения
forest-no-change = без изменений
forest-not-scored = пока не оценено
forest-too-few-to-tell = слишком мало задач
# Уровень базового условия в столбце с числами.
forest-baseline-level = { $measure ->
    [success] успешность { $rate }
    [turns] { $rate } реплики
    [tool_calls] { $rate } вызова инструментов
   *[other] { $rate }
}
forest-verdict-more = больше
forest-verdict-less = меньше
# Под названием строки.
forest-part-scored = { $measure ->
    [success] оценено { $scored } из { $planned }
   *[other] измерено { $scored } из { $planned }
}
forest-caption = { $design }, сравнение по каждой задаче. Линии справа: 95%-й доверительный интервал; закрашенные метки: ноль вне интервала.
forest-caption-few = { $design }, сравнение по каждой задаче. Слишком мало задач для доверительных интервалов.

# Столбцы таблицы.
forest-column-id = ID
forest-column-name = Условие
forest-column-planned = Запланировано диалогов
forest-column-scored = { $measure ->
    [success] Оценено диалогов
   *[other] Измерено диалогов
}
forest-column-passed = Успешных диалогов
forest-column-tasks = Сравнено задач
forest-column-level = { $measure ->
    [success] Успешность (%)
    [turns] Реплик на диалог
    [tool_calls] Вызовов инструментов на диалог
    [cost] Стоимость диалога (долл. США)
   *[seconds] Время диалога (с)
}
forest-column-baseline = { $measure ->
    [success] Успешность { forest-baseline } (%)
    [turns] Реплик { forest-baseline }
    [tool_calls] Вызовов инструментов { forest-baseline }
    [cost] Стоимость { forest-baseline } (долл. США)
   *[seconds] Время { forest-baseline } (с)
}
forest-column-change = { $measure ->
    [success] Изменение (п. п.)
    [turns] Изменение (реплики)
    [tool_calls] Изменение (вызовы инструментов)
    [cost] Изменение (долл. США)
   *[seconds] Изменение (с)
}
forest-column-low = { $measure ->
    [success] 95 % ДИ от (п. п.)
    [turns] 95 % ДИ от (реплики)
    [tool_calls] 95 % ДИ от (вызовы инструментов)
    [cost] 95 % ДИ от (долл. США)
   *[seconds] 95 % ДИ от (с)
}
forest-column-high = { $measure ->
    [success] 95 % ДИ до (п. п.)
    [turns] 95 % ДИ до (реплики)
    [tool_calls] 95 % ДИ до (вызовы инструментов)
    [cost] 95 % ДИ до (долл. США)
   *[seconds] 95 % ДИ до (с)
}
forest-column-verdict = Вердикт
forest-column-trait = Черта
