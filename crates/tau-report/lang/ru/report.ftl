# Отчёт и рабочая книга прогона.
# Имена ($agent, $domain, $name, …) вставляются так, как их написал человек.

report-of-a-run = Отчёт о прогоне
made = Состояние прогона на { $date }. Создано в { $product }.
contents-of-run = { $tasks ->
    [one] { $tasks } задача
    [few] { $tasks } задачи
   *[many] { $tasks } задач
}, { $conditions ->
    [one] { $conditions } тип клиентов
    [few] { $conditions } типа клиентов
   *[many] { $conditions } типов клиентов
}
page = Страница { $page } из { $pages }

section-key-finding = Главный вывод
section-question = Вопрос
section-set-up = Настройка
section-findings = Результаты
section-worst = Какие диалоги прочесть первыми
section-method = Метод и ограничения
section-appendix = Приложение

question = { $known ->
    [no] Насколько хорошо агент справляется с работой в области «{ $domain }» и зависит ли это от того, с кем он говорит?
   *[yes] Насколько хорошо агент { $agent } справляется с работой в области «{ $domain }» и зависит ли это от того, с кем он говорит?
}
question-customers = { $known ->
    [no] Одни и те же задачи выполнялись с клиентами каждого из этих типов:
   *[yes] Одни и те же задачи выполнялись с клиентами каждого из этих типов (клиентов имитирует { $customer }):
}
question-alone = { $known ->
    [no] Задачи выполнялись с клиентами одного типа: { $name }.
   *[yes] Задачи выполнялись с клиентами одного типа (клиентов имитирует { $customer }): { $name }.
}

fact-domain = Область
fact-agent = Агент
fact-customer = Клиент

practice-label = Учебный режим, не настоящая модель: числа показывают, как работает программа, и ничего не говорят об агенте.

table-results = Успешность по типам клиентов
figure = Рисунок { $number }. { $title }
# n каждого рисунка; $scored и $planned — диалоги
figure-n = n = { $tasks ->
    [one] { $tasks } задача
    [few] { $tasks } задачи
   *[many] { $tasks } задач
}, оценено диалогов: { $scored } из { $planned }.
no-charts = Строить пока нечего.
as-table = Числа в виде таблицы
in-words = Рисунок словами

column-condition = Клиенты
column-scored = Оценено
column-success = Успешность (95 % ДИ)
column-change = Изменение, п. п. (95 % ДИ)
column-verdict = Вердикт
column-p = p
column-tasks = Сравнено задач
column-left-out = Задач вне сравнения
column-broke = Ухудшилось задач
column-fixed = Улучшилось задач
column-same = Задач без изменений
column-pass-k = Успешны все попытки, k = { $k } (95 % ДИ)
column-task = Задача
column-title = Название
column-baseline = { $name }
column-with = Условие
column-succeeded = Успешных попыток
column-fell = Изменение, п. п.
column-customers-shown = Черты клиентов

scored-of = { $scored } из { $planned }
# рядом с числами без интервала
not-scored = не оценено
estimate = { $estimate } ({ $range })
verdict-worse = хуже
verdict-better = лучше
verdict-no-meaningful-change = нет существенного изменения
verdict-cannot-tell = нельзя сказать
shown-shown = проявлены
shown-weak = проявлены слабо
shown-cannot-tell = нельзя сказать
shown-not-shown = не проявлены

worst-tasks = Задачи с наибольшим ухудшением
worst-tasks-lead = Задачи по величине снижения успешности с каким-либо типом клиентов относительно «{ $baseline }» на той же задаче.
worst-tasks-alone = Задачи по тому, как редко они решались.
worst-none = Ни одна задача не решалась реже, чем в условии «{ $baseline }».
worst-none-alone = Неудачных диалогов нет.
worst-conversation = Задача { $task } · { $condition } · попытка { $attempt }
worst-fault = Вина: { $fault }
said-customer = Клиент
said-agent = Агент
said-tool = Действие

method-unit = Единица анализа — задача. Попытки одной задачи не независимы друг от друга, поэтому каждая задача учитывается один раз, с долей её успешных попыток.
method-rate = Успешность — среднее по задачам. Её 95%-й доверительный интервал — интервал Уилсона с эффективным числом диалогов, которое учитывает сходство попыток одной задачи.
method-difference = Изменения парные: для каждой задачи из успешности с другими клиентами вычитается успешность в условии «{ $baseline }»; 95%-й доверительный интервал средней разности — t-интервал по задачам (интервал Ньюкомба, если все задачи изменились одинаково). Сравниваются только задачи, оценённые с обеих сторон.
method-few = Если задач меньше { $n }, приводятся только количества, без интервалов.
method-verdicts = Вердикт «хуже» или «лучше» выносится, когда весь интервал лежит по одну сторону от нуля, «нет существенного изменения» — когда интервал включает ноль и остаётся в пределах { $margin } п. п. от него, в остальных случаях — «нельзя сказать».
method-margin-changed = При планировании прогона порог составлял { $planned } п. п., позже он был изменён на { $margin } п. п.
method-test = p-значения получены перестановочным критерием со сменой знаков по задачам с начальным числом генератора { $seed } (точным критерием Макнемара, если на задачу одна попытка) и скорректированы на число сравнений методом Холма.
method-pass-k = «Успешны все попытки, k = { $k }» — это pass^{ $k }: вероятность того, что из { $k ->
    [one] { $k } попытки
   *[many] { $k } попыток
} одной задачи успешны все, по задачам с таким числом оценённых попыток.
method-not-scored = Диалоги, которые не удалось завершить по техническим причинам, не считаются ни успехом, ни неудачей: не оценено диалогов — { $count } из { $planned }.
method-open = На момент создания отчёта не завершено диалогов: { $count } из { $planned }.
method-excluded = { $count ->
    [1] Читатель результата исключил задачу { $tasks }.
    [one] Читатель результата исключил { $count } задачу ({ $tasks }).
    [few] Читатель результата исключил { $count } задачи ({ $tasks }).
   *[many] Читатель результата исключил { $count } задач ({ $tasks }).
}
method-left-out = Читатель результата исключил из-за вины клиента { $count ->
    [one] { $count } диалог
    [few] { $count } диалога
   *[many] { $count } диалогов
}.
method-customers = Клиенты имитируются. Для людей числа верны лишь настолько, насколько верна имитация; проявили ли имитируемые клиенты свои черты, указано в приложении.
method-independence = Попытки одной задачи считаются независимыми при заданной задаче. Поставщик, который отвечает на повторные запросы из кэша, нарушает это.
method-sample = Интервалы рассматривают задачи как выборку из интересующей работы. О другой работе они ничего не говорят.
method-effort = Успех определяется состоянием записей в конце и тем, что следовало сообщить клиенту, а не тем, насколько приятным был диалог.

appendix-results = Показатели всех типов клиентов
appendix-fidelity = Проявили ли клиенты свои черты?
appendix-tasks = Все задачи: успешные попытки из оценённых
appendix-tasks-key = Столбцы: { $columns }.
appendix-more = { $count ->
    [one] Ещё { $count } задача — в рабочей книге.
    [few] Ещё { $count } задачи — в рабочей книге.
   *[many] Ещё { $count } задач — в рабочей книге.
}
appendix-elsewhere = Все диалоги есть в рабочей книге, а со всеми сообщениями — в файле диалогов (JSONL) этого прогона.

sheet-summary = Сводка
sheet-conditions = Клиенты
sheet-tasks = Задачи
sheet-conversations = Диалоги
sheet-chart = Рисунок { $number }
sheet-method = Метод

book-passed = { $name }: успешно
book-scored = { $name }: оценено
book-condition-id = Условие
book-attempt = Попытка
book-outcome = Исход
book-reward = Награда
book-why = Причина
book-messages = Сообщения
book-tool-calls = Вызовы инструментов
book-steps = Шаги агента
book-cost = Стоимость (долл. США)
book-seconds = Длительность (секунды)
book-fault = Вина
book-tags = Метки
book-planned = Запланировано диалогов
book-scored-count = Оценено диалогов
book-passed-count = Успешных диалогов
book-rate = Успешность (%)
book-rate-low = Успешность, 95 % ДИ от (%)
book-rate-high = Успешность, 95 % ДИ до (%)
book-baseline-rate = { $name } на тех же задачах (%)
book-change = Изменение (п. п.)
book-change-low = Изменение, 95 % ДИ от (п. п.)
book-change-high = Изменение, 95 % ДИ до (п. п.)
book-p = p (Холм)
book-pass-k = Успешны все попытки, k = { $k } (%)
book-drawn = Данные рисунка
book-for-chart = Что показывает диаграмма рядом
book-plus = { $name }: интервал вверх
book-minus = { $name }: интервал вниз
book-cut = Обрезано: ячейка вмещает не более 32 767 знаков. Полный текст — в файле диалогов (JSONL).
book-rows-cut = { $count ->
    [one] Ещё { $count } строка не поместилась на лист.
    [few] Ещё { $count } строки не поместились на лист.
   *[many] Ещё { $count } строк не поместились на лист.
}

outcome-passed = успех
outcome-failed = неудача
outcome-not-scored = не оценён
outcome-pending = не начат
outcome-running = идёт

plot-points = Процентные пункты
plot-success = Успешность (%)
plot-level = Уровень
plot-measured = Измеренный уровень
plot-contrast = Контраст (нат на токен)
plot-turns = Реплики
plot-tool-calls = Вызовы инструментов
plot-dollars = Доллары США
plot-seconds = Секунды
plot-conversations = Диалоги
plot-tasks = Задачи
plot-share = Доля диалогов (%)
plot-k = k
fault-user = Клиент
fault-agent = Агент
fault-environment = Среда
fault-grader = Оценка
fault-unjudged = Не разобрано
