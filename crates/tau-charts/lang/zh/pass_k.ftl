# pass^k 曲线：同一任务的 k 次尝试全部成功的概率。

# 图表的一句话结论。
pass-k-nothing = 尚无评分。
pass-k-fell = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }），降至 { $value }。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }），降至 { $value }。
}
pass-k-fell-of = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }），降至 { $value }；这是 { $clear } 项明确下降中最大的一项。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率下降了 { $points }（95% 置信区间 { $range }；{ $tasks }），降至 { $value }；这是 { $clear } 项明确下降中最大的一项。
}
pass-k-rose = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }），升至 { $value }。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }），升至 { $value }。
}
pass-k-rose-of = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }），升至 { $value }；这是 { $clear } 项明确上升中最大的一项。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率上升了 { $points }（95% 置信区间 { $range }；{ $tasks }），升至 { $value }；这是 { $clear } 项明确上升中最大的一项。
}
pass-k-cannot-tell = { $k ->
    [1] 无法判断“{ $name }”是否改变同一任务一次尝试成功的概率：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。
   *[other] 无法判断“{ $name }”是否改变同一任务 { $k } 次尝试全部成功的概率：置信区间包含零变化（{ $change }，95% 置信区间 { $range }；{ $tasks }）。
}
pass-k-cannot-tell-any = { $k ->
    [1] 无法判断是否有条件会改变同一任务一次尝试成功的概率：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $tasks }）。
   *[other] 无法判断是否有条件会改变同一任务 { $k } 次尝试全部成功的概率：所有置信区间都包含零变化（变化最大的是“{ $name }”：{ $change }，95% 置信区间 { $range }；{ $tasks }）。
}
pass-k-few = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率为 { $value }；不足 10 个任务（{ $tasks }），无法作出更多判断。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率为 { $value }；不足 10 个任务（{ $tasks }），无法作出更多判断。
}
pass-k-alone = { $k ->
    [1] 在“{ $name }”条件下，同一任务一次尝试成功的概率为 { $value }（95% 置信区间 { $range }%；{ $tasks }）。
   *[other] 在“{ $name }”条件下，同一任务 { $k } 次尝试全部成功的概率为 { $value }（95% 置信区间 { $range }%；{ $tasks }）。
}

# 用文字描述一个点。
pass-k-point = { $name }，k = { $k }：{ $value }（95% 置信区间 { $own }%；{ $tasks }）。
pass-k-point-few = { $name }，k = { $k }：{ $value }（{ $tasks }），任务太少，无法给出区间。
pass-k-point-change = { $name }，k = { $k }：{ $value }（95% 置信区间 { $own }%；{ $tasks }），相对基线变化 { $change }（95% 置信区间 { $range }）。
pass-k-series-nothing = { $name }：尚无评分。

# 图中文字。
pass-k-tick = k = { $k }
pass-k-tasks = n = { $n }
pass-k-at = k = { $k } 时 { $value }
pass-k-at-change = k = { $k } 时 { $value }：{ $change }（95% 置信区间 { $range }）
pass-k-entry = { $name }：k = { $k } 时 { $value }
pass-k-caption = 同一任务的 k 次尝试全部成功的概率。色带：95% 置信区间。{ $tasks }。
pass-k-caption-few = 同一任务的 k 次尝试全部成功的概率。任务太少，无法给出置信区间（{ $tasks }）。
pass-k-caption-n = n：有 k 次已评分尝试的任务数。

# 表格各列。
pass-k-column-k = 须全部成功的尝试次数（k）
pass-k-column-chance = 概率（%）
pass-k-column-low = 概率，95% 置信区间下限（%）
pass-k-column-high = 概率，95% 置信区间上限（%）
pass-k-column-tasks = 有 k 次已评分尝试的任务数
