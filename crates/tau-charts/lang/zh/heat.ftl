# 热图：纵向为模型或领域，横向为条件，单元格为成功率的变化。

# 图表的一句话结论。
heat-nothing = 尚未作任何比较。
heat-few = 每项比较都不足 10 个任务，只能给出计数；变化最大的是 { $line } 在“{ $column }”条件下：{ $change }（{ $tasks }）。
heat-fell-one = { $all } 项比较中有一项明确下降：{ $line } 在“{ $column }”条件下成功率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-fell = { $all } 项比较中有 { $clear } 项明确下降；降幅最大的是 { $line } 在“{ $column }”条件下，下降了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-fell-only = { $line } 在“{ $column }”条件下成功率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-rose-one = { $all } 项比较中没有明确下降，有一项明确上升：{ $line } 在“{ $column }”条件下成功率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-rose = { $all } 项比较中没有明确下降，有 { $clear } 项明确上升；升幅最大的是 { $line } 在“{ $column }”条件下，上升了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-rose-only = { $line } 在“{ $column }”条件下成功率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }）。
heat-unchanged = 没有一项比较显示实质变化：所有置信区间都包含零变化，且未超出界值（共 { $all } 项比较）。
heat-cannot-tell = 无法判断成功率是否发生变化：所有置信区间都包含零变化（共 { $all } 项比较；变化最大的是 { $line } 在“{ $column }”条件下：{ $change }，95% 置信区间 { $range }；{ $tasks }）。
heat-cannot-tell-only = 无法判断 { $line } 在“{ $column }”条件下的成功率是否发生变化：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。

# 用文字描述一个单元格。
heat-cell = { $line }，{ $column }：成功率变化 { $change }（95% 置信区间 { $range }；{ $tasks }）；{ $verdict }。
heat-cell-few = { $line }，{ $column }：成功率变化 { $change }（{ $tasks }），任务太少，无法给出区间。
heat-cell-alone = { $line }，{ $column }：{ $planned } 次对话中已评分 { $scored } 次，没有可比较的对象。
heat-cell-none = { $line }，{ $column }：未运行。
heat-cell-shown = { $cell }客户的特质：{ $shown }。
heat-cell-marked = { $cell }基线的差异不止于客户。
heat-baseline = { $line }：无特质时成功率为 { $baseline }。

# 图中文字。
heat-baseline-head = 无特质
heat-not-run = 未运行
heat-nothing-to-compare = 未评分
heat-scale = 成功率相对基线的变化（百分点）
heat-scale-worse = 更差
heat-scale-better = 更好
heat-key-hatched = 斜线：置信区间包含零变化
heat-key-few = 带框：不足 10 个任务，不给出区间
heat-key-weak = 客户表现出的特质较弱
heat-key-not-shown = 客户没有表现出该特质
heat-key-cannot-tell = 特质未经核实
heat-key-marked = 基线的差异不止于客户
heat-caption = 每个单元格为变化的百分点数，空间允许时附 95% 置信区间。每项比较 { $tasks }。
heat-caption-between = 每个单元格为变化的百分点数，空间允许时附 95% 置信区间。每项比较 { $between } 个任务。
heat-caption-few = 每个单元格为变化的百分点数。每项比较 { $tasks }。
heat-caption-few-between = 每个单元格为变化的百分点数。每项比较 { $between } 个任务。
