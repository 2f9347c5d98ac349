# The slope chart: success in two releases of an agent, a line a condition.
#
# $left, $right: names of the earlier and the later release; $name: of a condition, as the person wrote them.
# $condition: "baseline" for customers without traits, "other" otherwise.
# $points: "12 points"; $change: "−12 points"; $range: "5 to 19"; $tasks: "50 tasks"; $clear: how many conditions
#   changed as clearly.

slope-where = { $condition ->
    [baseline] From “{ $left }” to “{ $right }” success without traits
   *[other] From “{ $left }” to “{ $right }” success under “{ $name }”
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear drops
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear rises
}

# The one sentence of the chart.
slope-nothing = The two releases share no scored task yet.
slope-fell = { slope-where } fell { $points } (95 % CI { $range }; { $tasks }){ slope-among-drops }.
slope-rose = { slope-where } rose { $points } (95 % CI { $range }; { $tasks }){ slope-among-rises }.
slope-unchanged = { slope-where } did not change by a meaningful amount ({ $change }, 95 % CI { $range }; { $tasks }).
slope-unchanged-all = From “{ $left }” to “{ $right }” success did not change by a meaningful amount under any of { $conditions } conditions.
slope-cannot-tell = { $condition ->
    [baseline] We cannot tell whether success without traits changed from “{ $left }” to “{ $right }”: the interval includes no change ({ $change }, 95 % CI { $range }; { $tasks }).
   *[other] We cannot tell whether success under “{ $name }” changed from “{ $left }” to “{ $right }”: the interval includes no change ({ $change }, 95 % CI { $range }; { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] We cannot tell whether success changed from “{ $left }” to “{ $right }”: every interval includes no change (largest shift, without traits: { $change }, 95 % CI { $range }; { $tasks }).
   *[other] We cannot tell whether success changed from “{ $left }” to “{ $right }”: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $tasks }).
}
# Below ten tasks. $before and $after: "72 %".
slope-few = { slope-where } went from { $before } to { $after }; { $n ->
    [one] { $n } task is too few to say more.
   *[other] { $n } tasks are too few to say more.
}

# A condition in words. $between, $former, $latter: "yes" where there is an interval of the change, of the earlier
# release, of the later one. $way: same, lower or higher.
slope-before = { $former ->
    [yes] { $before } success in “{ $left }” (95 % CI { $before-range })
   *[no] { $before } success in “{ $left }”
}
slope-after = { $latter ->
    [yes] { $after } in “{ $right }” (95 % CI { $after-range })
   *[no] { $after } in “{ $right }”
}
slope-way = { $way ->
    [same] the same
    [lower] { $points } lower
   *[higher] { $points } higher
}
slope-row = { $between ->
    [yes] { $name }: { slope-before }, { slope-after }, { slope-way } (95 % CI { $range }); { $verdict }; { $tasks }.
   *[no] { $name }: { slope-before }, { slope-after }, { slope-way } (too few tasks for an interval); { $tasks }.
}

# In the picture.
slope-too-few = too few tasks to tell
slope-caption = { $tasks } that both releases scored, compared task by task. Filled marks at the right: zero is outside the 95 % confidence interval of the change.
slope-caption-few = { $tasks } that both releases scored, compared task by task. Too few tasks for confidence intervals.
slope-caption-between = { $low } to { $high } tasks that both releases scored, compared task by task. Filled marks at the right: zero is outside the 95 % confidence interval of the change.
slope-caption-lines = Upright lines: 95 % confidence interval of each rate.

# Columns of the table. $run: a release's name.
slope-column-id = Id
slope-column-name = Condition
slope-column-tasks = Tasks compared
slope-column-rate = Success, { $run } (%)
slope-column-rate-low = 95 % CI low, { $run } (%)
slope-column-rate-high = 95 % CI high, { $run } (%)
slope-column-change = Change (points)
slope-column-low = 95 % CI low (points)
slope-column-high = 95 % CI high (points)
slope-column-verdict = Verdict
