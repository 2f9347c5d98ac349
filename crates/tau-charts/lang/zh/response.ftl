# 剂量与反应：成功率随特质级别的变化，下方为测得的级别。

level-0 = 关闭
level-1 = 轻微
level-2 = 明显
level-3 = 强烈
level-4 = 极端

# 图表的一句话结论。
response-nothing = 尚无评分。
response-fell = “{ $name }”每升高一级，成功率下降 { $points }（95% 置信区间 { $range }；{ $tasks }）。
response-fell-of = “{ $name }”每升高一级，成功率下降 { $points }（95% 置信区间 { $range }；{ $tasks }），在 { $clear } 个明确降低成功率的特质中降幅最大。
response-rose = “{ $name }”每升高一级，成功率上升 { $points }（95% 置信区间 { $range }；{ $tasks }）。
response-rose-of = “{ $name }”每升高一级，成功率上升 { $points }（95% 置信区间 { $range }；{ $tasks }），在 { $clear } 个明确提高成功率的特质中升幅最大。
response-cannot-tell = 无法判断“{ $name }”的级别是否改变成功率：置信区间包含零变化（每级 { $change }，95% 置信区间 { $range }；{ $tasks }）。
response-cannot-tell-any = 无法判断是否有特质的级别会改变成功率：所有置信区间都包含零变化（斜率最大的是“{ $name }”：每级 { $change }，95% 置信区间 { $range }；{ $tasks }）。
response-few = “{ $name }”从“{ $first }”到“{ $last }”，成功率由 { $from } 变为 { $to }；任务太少，无法作出更多判断（{ $tasks }）。
response-one-level = “{ $name }”只运行了一个级别（“{ $last }”）：成功率 { $to }（{ $tasks }）。

# 用文字描述一个点和一个斜率。
response-point = { $name }，{ $level }：成功率 { $rate }（95% 置信区间 { $own }%；{ $tasks }）。
response-point-few = { $name }，{ $level }：成功率 { $rate }（{ $tasks }），任务太少，无法给出区间。
response-point-nothing = { $name }，{ $level }：尚无评分。
response-point-measured = { $point }测得的级别为 { $measured }（最高 4 级；95% 置信区间 { $own }）。
response-point-measured-few = { $point }测得的级别为 { $measured }（最高 4 级）。
response-slope-of = { $name }：每级 { $change }（95% 置信区间 { $range }；{ $tasks }）。
response-slope-few = { $name }：每级 { $change }（{ $tasks }）。

# 图中文字。
response-success = 成功率
response-measured = 测得的级别（0 至 4）
response-slope = 每级 { $change }（95% 置信区间 { $range }）
response-slope-no-interval = 每级 { $change }
response-no-slope = 任务太少，无法估计斜率
response-entry = { $name }：{ $slope }
response-caption = 各要求级别下的成功率。色带：95% 置信区间。{ $tasks }。
response-caption-between = 各要求级别下的成功率。色带：95% 置信区间。{ $between } 个任务。
response-caption-few = 各要求级别下的成功率。任务太少，无法给出置信区间（{ $tasks }）。
response-caption-measured = 灰线：客户表现出的级别与要求的级别恰好一致。

# 表格各列。
response-column-level = 要求的级别（0 至 4）
response-column-measured = 测得的级别（0 至 4）
response-column-measured-low = 测得的级别，95% 置信区间下限
response-column-measured-high = 测得的级别，95% 置信区间上限
response-column-slope = 每级的变化（百分点）
response-column-slope-low = 每级的变化，95% 置信区间下限（百分点）
response-column-slope-high = 每级的变化，95% 置信区间上限（百分点）
response-column-slope-tasks = 有两个及以上级别的任务数
