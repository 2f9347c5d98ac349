# По чьей вине диалоги были неудачными: столбик на каждое условие.

# Главная фраза диаграммы.
faults-nothing = Пока ничего не оценено.
faults-none-failed = Среди оценённых диалогов ({ $scored }) неудачных нет.
faults-unjudged = Неудачных диалогов — { $failed } из { $scored ->
    [one] { $scored } оценённого
   *[many] { $scored } оценённых
}; чья это вина, ещё никто не разбирал.
faults-judged = Неудачных диалогов — { $failed } из { $scored ->
    [one] { $scored } оценённого
   *[many] { $scored } оценённых
}: по вине агента — { $agent }, клиента — { $user }, среды — { $environment }; оценка под сомнением — { $grader }, не разобрано — { $unjudged }.
faults-judged-all = Неудачных диалогов — { $failed } из { $scored ->
    [one] { $scored } оценённого
   *[many] { $scored } оценённых
}: по вине агента — { $agent }, клиента — { $user }, среды — { $environment }; оценка под сомнением — { $grader }.

# Условие и его части словами; $share — доля от оценённых диалогов.
faults-row = { $name }: неудачных диалогов — { $failed } из { $scored ->
    [one] { $scored } оценённого
   *[many] { $scored } оценённых
} ({ $share }); клиент — { $user }, агент — { $agent }, среда — { $environment }, оценка — { $grader }, не разобрано — { $unjudged }; без оценки — { $not-scored }.
faults-row-nothing = { $name }: пока ничего не оценено; диалогов без оценки — { $not-scored }.
faults-part-user = { $name }: неудач по вине клиента — { $n } из { $failed } ({ $share } оценённых диалогов; всего оценено { $scored }).
faults-part-agent = { $name }: неудач по вине агента — { $n } из { $failed } ({ $share } оценённых диалогов; всего оценено { $scored }).
faults-part-environment = { $name }: неудач по вине среды — { $n } из { $failed } ({ $share } оценённых диалогов; всего оценено { $scored }).
faults-part-grader = { $name }: неудач, оценка которых под сомнением, — { $n } из { $failed } ({ $share } оценённых диалогов; всего оценено { $scored }).
faults-part-unjudged = { $name }: неразобранных неудач — { $n } из { $failed } ({ $share } оценённых диалогов; всего оценено { $scored }).

# На рисунке.
faults-user = Клиент
faults-agent = Агент
faults-environment = Среда
faults-grader = Оценка
faults-not-judged = Не разобрано
faults-count = неудач: { $failed } из { $scored }
faults-not-scored = без оценки: { $n }
faults-no-score = пока не оценено
faults-caption = Доля неудачных диалогов среди оценённых, по виновникам; под каждой полосой — количества. Диалоги без оценки указаны рядом и ни в одну полосу не входят.

# Столбцы таблицы.
faults-column-failed = Неудачных диалогов
faults-column-share = Неудачи (% от оценённых)
faults-column-user = Вина: клиент
faults-column-agent = Вина: агент
faults-column-environment = Вина: среда
faults-column-grader = Вина: оценка
faults-column-unjudged = Вина: не разобрано
