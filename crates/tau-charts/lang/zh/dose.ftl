# 剂量曲线：每个扮演者中，特质滑块要求的级别与测得的级别。
#
# $name：扮演者或特质的名称。$measured：“1.8”或“+0.40”；$range：“1.5 至 2.1”；$from、$to：要求的级别名称。

dose-nothing = { $name }：尚无测量结果。
dose-all-rise = { $name }：全部 { $all } 条曲线中，每一级的表现都强于前一级。
dose-some-rise = { $name }：{ $all } 条曲线中有 { $rising } 条，每一级的表现都强于前一级。
dose-none-rises = { $name }：{ $all } 条曲线中，没有一条的每一级表现都强于前一级。

# 用文字描述一条曲线，位于名称之后。
dose-voice = { $name }：{ $sentence }
dose-voice-nothing = 未作测量。
dose-levels-rise = 要求“{ $from }”时测得 { $first } 级，要求“{ $to }”时测得 { $last } 级；每一级的表现都强于前一级。
dose-levels-mixed = 要求“{ $from }”时测得 { $first } 级，要求“{ $to }”时测得 { $last } 级；并非每一级的表现都强于前一级。
dose-contrasts-rise = 要求“{ $from }”时测得 { $first }，要求“{ $to }”时测得 { $last }；每一级的表现都强于前一级。
dose-contrasts-mixed = 要求“{ $from }”时测得 { $first }，要求“{ $to }”时测得 { $last }；并非每一级的表现都强于前一级。
dose-point = { $name }，{ $level }：测得 { $measured }（95% 置信区间 { $range }）。
dose-point-alone = { $name }，{ $level }：测得 { $measured }。

# 图中文字。
dose-level-measured = 测得的级别
dose-contrast-measured = 测得的对比值（nat/词元）
dose-level-asked = 要求的级别
dose-caption-intervals = 穿过标记的线：95% 置信区间。
dose-caption-identity = 灰线：与要求的级别恰好一致。

# 表格各列。
dose-column-voice = 扮演者
dose-column-level = 要求的级别（0 至 4）
dose-column-measured = 测得值
dose-column-low = 测得值，95% 置信区间下限
dose-column-high = 测得值，95% 置信区间上限
dose-column-unit = 测得值的单位
dose-unit-level = 级别（0 至 4）
dose-unit-contrast = nat/词元
