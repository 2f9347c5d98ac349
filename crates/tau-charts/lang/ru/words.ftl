# Слова, общие для нескольких диаграмм.
range = от { $low } до { $high }
tasks = { $n ->
    [one] { $n } задача
    [few] { $n } задачи
   *[many] { $n } задач
}
attempts = { $n ->
    [one] { $n } попытка
    [few] { $n } попытки
   *[many] { $n } попыток
}
conversations = { $n ->
    [one] { $n } диалог
    [few] { $n } диалога
   *[many] { $n } диалогов
}
# Сокращение не склоняется: подходит к любому числу и падежу, в том числе к дробям.
points = { $size } п. п.
verdict-worse = хуже
verdict-better = лучше
verdict-no-meaningful-change = нет существенного изменения
verdict-cannot-tell = нельзя сказать
shown-weak = черта проявлена слабо
shown-cannot-tell = черта не проверена
shown-not-shown = черта не проявлена
practice = Учебный режим, не настоящая модель.
without-traits = без черт
success = Успешность
shown-shown = черта проявлена
no-name = (без названия)
