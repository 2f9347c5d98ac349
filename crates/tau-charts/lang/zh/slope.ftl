# 斜率图：智能体两个版本的成功率，每个条件一条线。

slope-where = { $condition ->
    [baseline] 从“{ $left }”到“{ $right }”，无特质时的成功率
   *[other] 从“{ $left }”到“{ $right }”，“{ $name }”条件下的成功率
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确下降中最大的一项
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确上升中最大的一项
}

# 图表的一句话结论。
slope-nothing = 两个版本尚无共同的已评分任务。
slope-fell = { slope-where }下降了 { $points }（95% 置信区间 { $range }；{ $tasks }）{ slope-among-drops }。
slope-rose = { slope-where }上升了 { $points }（95% 置信区间 { $range }；{ $tasks }）{ slope-among-rises }。
slope-unchanged = { slope-where }没有实质变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。
slope-unchanged-all = 从“{ $left }”到“{ $right }”，{ $conditions } 个条件下的成功率均没有实质变化。
slope-cannot-tell = { $condition ->
    [baseline] 无法判断无特质时的成功率从“{ $left }”到“{ $right }”是否发生变化：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。
   *[other] 无法判断“{ $name }”条件下的成功率从“{ $left }”到“{ $right }”是否发生变化：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。
}
slope-cannot-tell-any = { $condition ->
    [baseline] 无法判断成功率从“{ $left }”到“{ $right }”是否发生变化：所有置信区间都包含零变化（变化最大的是无特质时：{ $change }，95% 置信区间 { $range }；{ $tasks }）。
   *[other] 无法判断成功率从“{ $left }”到“{ $right }”是否发生变化：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $tasks }）。
}
slope-few = { slope-where }由 { $before } 变为 { $after }；{ $n } 个任务太少，无法作出更多判断。

# 用文字描述一个条件。
slope-before = { $former ->
    [yes] “{ $left }”的成功率为 { $before }（95% 置信区间 { $before-range }%）
   *[no] “{ $left }”的成功率为 { $before }
}
slope-after = { $latter ->
    [yes] “{ $right }”为 { $after }（95% 置信区间 { $after-range }%）
   *[no] “{ $right }”为 { $after }
}
slope-way = { $way ->
    [same] 两者相同
    [lower] 低 { $points }
   *[higher] 高 { $points }
}
slope-row = { $between ->
    [yes] { $name }：{ slope-before }，{ slope-after }，{ slope-way }（95% 置信区间 { $range }）；{ $verdict }；{ $tasks }。
   *[no] { $name }：{ slope-before }，{ slope-after }，{ slope-way }（任务太少，无法给出区间）；{ $tasks }。
}

# 图中文字。
slope-too-few = 任务太少，无法判断
slope-caption = 两个版本均已评分的 { $tasks }，逐任务比较。右侧实心标记：零在变化的 95% 置信区间之外。
slope-caption-few = 两个版本均已评分的 { $tasks }，逐任务比较。任务太少，无法给出置信区间。
slope-caption-between = 两个版本均已评分的 { $low } 至 { $high } 个任务，逐任务比较。右侧实心标记：零在变化的 95% 置信区间之外。
slope-caption-lines = 竖线：各成功率的 95% 置信区间。

# 表格各列。
slope-column-id = ID
slope-column-name = 条件
slope-column-tasks = 参与比较的任务数
slope-column-rate = 成功率，{ $run }（%）
slope-column-rate-low = 95% 置信区间下限，{ $run }（%）
slope-column-rate-high = 95% 置信区间上限，{ $run }（%）
slope-column-change = 变化（百分点）
slope-column-low = 95% 置信区间下限（百分点）
slope-column-high = 95% 置信区间上限（百分点）
slope-column-verdict = 结论
