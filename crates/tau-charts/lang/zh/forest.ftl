# 点图与森林图：各条件下的成功率或耗费，以及相对基线的变化。

# 下列句子的开头与结尾。
forest-under = 在“{ $name }”条件下
forest-baseline = { $named ->
    [yes] “{ $baseline }”条件下
   *[no] 无特质时
}
# 位于句中，自带逗号。
forest-against = { $named ->
    [yes] 与“{ $baseline }”相比，
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确下降中最大的一项
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确上升中最大的一项
}
forest-too-few = { $tasks-few } 个任务太少，无法作出更多判断。
forest-design = { $tasks } × { $attempts }
forest-tasks-between = { $low } 至 { $high } 个任务

# 图表的一句话结论。
forest-nothing = 尚无评分。
forest-not-shown = “{ $name }”的客户没有表现出该特质，因此这一变化不能说明该特质的影响。
forest-fell = { forest-under }，{ forest-against }成功率下降了 { $points }（95% 置信区间 { $range }；{ $design }）{ forest-among-drops }。
forest-rose = { forest-under }，{ forest-against }成功率上升了 { $points }（95% 置信区间 { $range }；{ $design }）{ forest-among-rises }。
forest-unchanged = { forest-under }，{ forest-against }成功率没有实质变化：整个置信区间都在零变化上下 { $margin }以内（{ $design }）。
forest-unchanged-all = { forest-against }没有任何特质使成功率发生实质变化：所有置信区间都在零变化上下 { $margin }以内。
forest-cannot-tell = { forest-against }无法判断“{ $name }”是否改变成功率：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $design }）。
forest-cannot-tell-any = { forest-against }无法判断是否有特质会改变成功率：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $design }）。
forest-few = { forest-under }，{ $scored } 次对话中成功 { $passed } 次，{ forest-baseline } { $baseline-scored } 次中成功 { $baseline-passed } 次；{ forest-too-few }
forest-alone = { $condition ->
    [baseline] 智能体的成功率为 { $rate }（95% 置信区间 { $range }%；已评分 { $conversations }）。
   *[other] 在“{ $name }”条件下，智能体的成功率为 { $rate }（95% 置信区间 { $range }%；已评分 { $conversations }）。
}
forest-alone-few = { $condition ->
    [baseline] 智能体在 { $conversations }中成功 { $passed } 次。
   *[other] 在“{ $name }”条件下，智能体在 { $conversations }中成功 { $passed } 次。
}

# 衡量耗费时的结论。
forest-among-increases = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确增加中最大的一项
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] ，是 { $clear } 项明确减少中最大的一项
}
forest-more = { $measure ->
    [turns] { forest-under }，{ forest-against }每次对话多用 { $size } 轮（95% 置信区间 { $range }；{ $design }）{ forest-among-increases }。
    [tool_calls] { forest-under }，{ forest-against }智能体每次对话多调用工具 { $size } 次（95% 置信区间 { $range }；{ $design }）{ forest-among-increases }。
    [cost] { forest-under }，{ forest-against }每次对话的费用增加 { $size }（95% 置信区间 { $range }；{ $design }）{ forest-among-increases }。
   *[seconds] { forest-under }，{ forest-against }每次对话的用时增加 { $size }（95% 置信区间 { $range }；{ $design }）{ forest-among-increases }。
}
forest-less = { $measure ->
    [turns] { forest-under }，{ forest-against }每次对话少用 { $size } 轮（95% 置信区间 { $range }；{ $design }）{ forest-among-decreases }。
    [tool_calls] { forest-under }，{ forest-against }智能体每次对话少调用工具 { $size } 次（95% 置信区间 { $range }；{ $design }）{ forest-among-decreases }。
    [cost] { forest-under }，{ forest-against }每次对话的费用减少 { $size }（95% 置信区间 { $range }；{ $design }）{ forest-among-decreases }。
   *[seconds] { forest-under }，{ forest-against }每次对话的用时减少 { $size }（95% 置信区间 { $range }；{ $design }）{ forest-among-decreases }。
}
forest-effort-cannot-tell = { $measure ->
    [turns] { forest-against }无法判断“{ $name }”是否改变每次对话的轮数：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $design }）。
    [tool_calls] { forest-against }无法判断“{ $name }”是否改变每次对话的工具调用次数：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $design }）。
    [cost] { forest-against }无法判断“{ $name }”是否改变每次对话的费用：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $design }）。
   *[seconds] { forest-against }无法判断“{ $name }”是否改变每次对话的用时：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $design }）。
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] { forest-against }无法判断是否有特质会改变每次对话的轮数：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $design }）。
    [tool_calls] { forest-against }无法判断是否有特质会改变每次对话的工具调用次数：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $design }）。
    [cost] { forest-against }无法判断是否有特质会改变每次对话的费用：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $design }）。
   *[seconds] { forest-against }无法判断是否有特质会改变每次对话的用时：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $design }）。
}
forest-effort-few = { $measure ->
    [turns] { forest-under }，每次对话平均 { $rate } 轮，{ forest-baseline }为 { $baseline-rate } 轮；{ forest-too-few }
    [tool_calls] { forest-under }，每次对话平均调用工具 { $rate } 次，{ forest-baseline }为 { $baseline-rate } 次；{ forest-too-few }
    [cost] { forest-under }，每次对话平均费用为 { $rate }，{ forest-baseline }为 { $baseline-rate }；{ forest-too-few }
   *[seconds] { forest-under }，每次对话平均用时 { $rate }，{ forest-baseline }为 { $baseline-rate }；{ forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] 每次对话平均 { $rate } 轮（{ $conversations }）。
    [tool_calls] 每次对话平均调用工具 { $rate } 次（{ $conversations }）。
    [cost] 每次对话平均费用为 { $rate }（{ $conversations }）。
   *[seconds] 每次对话平均用时 { $rate }（{ $conversations }）。
}

# 用文字描述一行。
forest-row = { $name }：{ forest-amount }，{ forest-baseline }为 { $baseline-rate }，{ forest-way }（{ forest-interval }）；{ $verdict }；{ $tasks }；{ forest-scored }。
forest-row-alone = { $name }：{ forest-amount }；{ forest-scored }。
forest-row-nothing = { $name }：尚无可显示的结果；{ forest-scored }。
forest-row-not-shown = 但客户没有表现出该特质。
forest-row-weak = 但客户表现出的特质较弱。
forest-amount = { $measure ->
    [success] 成功率 { $rate }
    [turns] 每次对话 { $rate } 轮
    [tool_calls] 每次对话调用工具 { $rate } 次
   *[other] 每次对话 { $rate }
}
forest-way = { $way ->
    [same] 两者相同
    [lower] 低 { $size }
   *[higher] 高 { $size }
}
forest-interval = { $interval ->
    [yes] 95% 置信区间 { $range }
   *[no] 任务太少，无法给出区间
}
forest-scored = { $measure ->
    [success] { $planned } 次对话中已评分 { $scored } 次
   *[other] { $planned } 次对话中已测量 { $scored } 次
}

# 图中文字。
forest-level = { $measure ->
    [success] 成功率
    [turns] 每次对话的轮数
    [tool_calls] 每次对话的工具调用次数
    [cost] 每次对话的费用
   *[seconds] 每次对话的用时
}
forest-change = { $unit ->
    [success] 变化（百分点）
    [turns] 变化（轮）
    [tool_calls] 变化（工具调用次数）
    [cost] 变化（美元）
    [minutes] 变化（分钟）
   *[seconds] 变化（秒）
}
forest-figures = 变化（95% 置信区间）
forest-left = { $measure ->
    [success] 更差
   *[other] 更少
}
forest-right = { $measure ->
    [success] 更好
   *[other] 更多
}
forest-no-clear-change = 无明确变化
forest-no-change = 无变化
forest-not-scored = 尚未评分
forest-too-few-to-tell = 任务太少，无法判断
forest-baseline-level = { $measure ->
    [success] 成功率 { $rate }
    [turns] { $rate } 轮
    [tool_calls] 调用工具 { $rate } 次
   *[other] { $rate }
}
forest-verdict-more = 更多
forest-verdict-less = 更少
forest-part-scored = { $measure ->
    [success] 已评分 { $scored }/{ $planned }
   *[other] 已测量 { $scored }/{ $planned }
}
forest-caption = { $design }，逐任务比较。右侧的线：95% 置信区间；实心标记：零在区间之外。
forest-caption-few = { $design }，逐任务比较。任务太少，无法给出置信区间。

# 表格各列。
forest-column-id = ID
forest-column-name = 条件
forest-column-planned = 计划的对话数
forest-column-scored = { $measure ->
    [success] 已评分的对话数
   *[other] 已测量的对话数
}
forest-column-passed = 成功的对话数
forest-column-tasks = 参与比较的任务数
forest-column-level = { $measure ->
    [success] 成功率（%）
    [turns] 每次对话的轮数
    [tool_calls] 每次对话的工具调用次数
    [cost] 每次对话的费用（美元）
   *[seconds] 每次对话的用时（秒）
}
forest-column-baseline = { $measure ->
    [success] { forest-baseline }的成功率（%）
    [turns] { forest-baseline }的轮数
    [tool_calls] { forest-baseline }的工具调用次数
    [cost] { forest-baseline }的费用（美元）
   *[seconds] { forest-baseline }的用时（秒）
}
forest-column-change = { $measure ->
    [success] 变化（百分点）
    [turns] 变化（轮）
    [tool_calls] 变化（工具调用次数）
    [cost] 变化（美元）
   *[seconds] 变化（秒）
}
forest-column-low = { $measure ->
    [success] 95% 置信区间下限（百分点）
    [turns] 95% 置信区间下限（轮）
    [tool_calls] 95% 置信区间下限（工具调用次数）
    [cost] 95% 置信区间下限（美元）
   *[seconds] 95% 置信区间下限（秒）
}
forest-column-high = { $measure ->
    [success] 95% 置信区间上限（百分点）
    [turns] 95% 置信区间上限（轮）
    [tool_calls] 95% 置信区间上限（工具调用次数）
    [cost] 95% 置信区间上限（美元）
   *[seconds] 95% 置信区间上限（秒）
}
forest-column-verdict = 结论
forest-column-trait = 特质
