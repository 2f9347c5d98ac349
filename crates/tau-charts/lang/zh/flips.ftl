# 逐任务变化带：每个任务从无特质时的成功率到某条件下的成功率。

# 图表的一句话结论。
flips-nothing = 尚未比较任何任务。
flips-none = { $conditions ->
    [1] 在“{ $name }”条件下，{ $compared } 个任务的成功率与无特质时相比无一升降。
   *[other] 与无特质时相比，{ $conditions } 个条件下均没有任务的成功率升高或降低。
}
flips-said = { $conditions ->
    [1] 在“{ $name }”条件下，{ $compared } 个任务中有 { $broke } 个的成功率低于无特质时，{ $fixed } 个高于无特质时。
   *[other] 净变差任务最多的条件是“{ $name }”：{ $compared } 个任务中有 { $broke } 个的成功率低于无特质时，{ $fixed } 个高于无特质时。
}
flips-balance-better = { $conditions ->
    [1] 在“{ $name }”条件下，{ $compared } 个任务中有 { $fixed } 个的成功率高于无特质时，{ $broke } 个低于无特质时。
   *[other] { $conditions } 个条件中，没有一个条件下变差的任务多于变好的任务；在“{ $name }”条件下，{ $compared } 个任务中有 { $fixed } 个的成功率高于无特质时，{ $broke } 个低于无特质时。
}

# 用文字描述一个条件。
flips-row = { $name }：{ $compared } 个任务中，{ $broke } 个变差（成功率低于无特质时），{ $same } 个不变，{ $fixed } 个变好（成功率高于无特质时）。
flips-row-nothing = { $name }：没有可以比较的任务。
flips-fell-out = { $tasks } 个任务无法比较，因为有一侧没有评分。

# 图中的一个位置。
flips-task = 任务“{ $task }”，条件“{ $name }”：无特质时成功率为 { $before }，该条件下为 { $after }。
flips-tasks = { $tasks } 个任务，条件“{ $name }”：各任务无特质时成功率为 { $before }，该条件下为 { $after }。

# 图中文字。
flips-broke = { $n } 个变差
flips-same = { $n } 个不变
flips-fixed = { $n } 个变好
flips-not-compared = { $n } 个未比较
flips-group-broke = 变差
flips-group-same = 不变
flips-group-fixed = 变好
flips-no-task = 尚未比较任何任务
flips-axis = 各任务的成功率
flips-baseline = 无特质
flips-condition = 该条件下
flips-caption = { $tasks } 个任务，每条线代表一个任务。变差：该条件下的成功率低于无特质时；变好：高于无特质时。
flips-caption-between = { $low } 至 { $high } 个任务，每条线代表一个任务。变差：该条件下的成功率低于无特质时；变好：高于无特质时。

# 表格各列。
flips-column-id = ID
flips-column-name = 条件
flips-column-task = 任务
flips-column-before = 无特质时的成功率（%）
flips-column-after = 成功率（%）
flips-column-change = 变化（百分点）
flips-column-group = 变化结果
