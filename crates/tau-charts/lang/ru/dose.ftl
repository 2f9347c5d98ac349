# Кривые «доза»: что делает ползунок черты у каждого голоса, измеренное против запрошенного.

dose-nothing = { $name }: измерений пока нет.
dose-all-rise = { $name }: на всех кривых ({ $all }) с каждой ступенью запрошенного уровня росло и проявление.
dose-some-rise = { $name }: на { $rising } из { $all ->
    [one] { $all } кривой
   *[many] { $all } кривых
} с каждой ступенью запрошенного уровня росло и проявление.
dose-none-rises = { $name }: ни на одной из кривых ({ $all }) проявление не росло на каждой ступени.

# Кривая словами, после названия.
dose-voice = { $name }: { $sentence }
dose-voice-nothing = измерений нет.
dose-levels-rise = от уровня { $first } при запросе «{ $from }» до уровня { $last } при запросе «{ $to }»; с каждой ступенью запрошенного уровня росло и проявление.
dose-levels-mixed = от уровня { $first } при запросе «{ $from }» до уровня { $last } при запросе «{ $to }»; проявление росло не на каждой ступени.
dose-contrasts-rise = от { $first } при запросе «{ $from }» до { $last } при запросе «{ $to }»; с каждой ступенью запрошенного уровня росло и проявление.
dose-contrasts-mixed = от { $first } при запросе «{ $from }» до { $last } при запросе «{ $to }»; проявление росло не на каждой ступени.
dose-point = { $name }, { $level }: измерено { $measured } (95 % ДИ { $range }).
dose-point-alone = { $name }, { $level }: измерено { $measured }.

# На рисунке.
dose-level-measured = Измеренный уровень
dose-contrast-measured = Измеренный контраст, нат на токен
dose-level-asked = Запрошенный уровень
dose-caption-intervals = Линии через метки: 95%-й доверительный интервал.
dose-caption-identity = Серая линия: ровно то, что запрошено.

# Столбцы таблицы.
dose-column-voice = Голос
dose-column-level = Запрошенный уровень (0–4)
dose-column-measured = Измерено
dose-column-low = Измерено, 95 % ДИ от
dose-column-high = Измерено, 95 % ДИ до
dose-column-unit = Единица измерения
dose-unit-level = уровни (0–4)
dose-unit-contrast = наты на токен
