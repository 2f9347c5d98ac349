# The curves of pass^k: the chance that all of k attempts at a task succeed.
#
# $name: a condition, as the person wrote it. $k: a number of attempts. $value: "41 %".
# $points: "12 points"; $change: "−12 points"; $range: "5 to 19"; $tasks: "50 tasks"; $clear: a count.

# The one sentence of the chart.
pass-k-nothing = Nothing has been scored yet.
pass-k-fell = { $k ->
    [one] The chance that an attempt at a task succeeds fell { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }).
   *[other] The chance that all { $k } attempts at a task succeed fell { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }).
}
pass-k-fell-of = { $k ->
    [one] The chance that an attempt at a task succeeds fell { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }), the largest of { $clear } clear drops.
   *[other] The chance that all { $k } attempts at a task succeed fell { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }), the largest of { $clear } clear drops.
}
pass-k-rose = { $k ->
    [one] The chance that an attempt at a task succeeds rose { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }).
   *[other] The chance that all { $k } attempts at a task succeed rose { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }).
}
pass-k-rose-of = { $k ->
    [one] The chance that an attempt at a task succeeds rose { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }), the largest of { $clear } clear rises.
   *[other] The chance that all { $k } attempts at a task succeed rose { $points } under “{ $name }”, to { $value } (95 % CI { $range }; { $tasks }), the largest of { $clear } clear rises.
}
pass-k-cannot-tell = { $k ->
    [one] We cannot tell whether “{ $name }” changes the chance that an attempt at a task succeeds: the interval includes no change ({ $change }, 95 % CI { $range }; { $tasks }).
   *[other] We cannot tell whether “{ $name }” changes the chance that all { $k } attempts at a task succeed: the interval includes no change ({ $change }, 95 % CI { $range }; { $tasks }).
}
pass-k-cannot-tell-any = { $k ->
    [one] We cannot tell whether any condition changes the chance that an attempt at a task succeeds: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $tasks }).
   *[other] We cannot tell whether any condition changes the chance that all { $k } attempts at a task succeed: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $tasks }).
}
pass-k-few = { $k ->
    [one] Under “{ $name }” an attempt at a task succeeds with a chance of { $value }; fewer than 10 tasks ({ $tasks }) are too few to say more.
   *[other] Under “{ $name }” all { $k } attempts at a task succeed with a chance of { $value }; fewer than 10 tasks ({ $tasks }) are too few to say more.
}
pass-k-alone = { $k ->
    [one] Under “{ $name }” an attempt at a task succeeds with a chance of { $value } (95 % CI { $range } %; { $tasks }).
   *[other] Under “{ $name }” all { $k } attempts at a task succeed with a chance of { $value } (95 % CI { $range } %; { $tasks }).
}

# A point in words; $own: its interval in percent.
pass-k-point = { $name }, k = { $k }: { $value } (95 % CI { $own } %; { $tasks }).
pass-k-point-few = { $name }, k = { $k }: { $value } on { $tasks }, too few for an interval.
pass-k-point-change = { $name }, k = { $k }: { $value } (95 % CI { $own } %; { $tasks }), { $change } against the baseline (95 % CI { $range }).
pass-k-series-nothing = { $name }: nothing scored yet.

# In the picture.
pass-k-tick = k = { $k }
pass-k-tasks = n = { $n }
pass-k-at = { $value } at k = { $k }
pass-k-at-change = { $value } at k = { $k }: { $change } (95 % CI { $range })
pass-k-entry = { $name }: { $value } at k = { $k }
pass-k-caption = Chance that all k attempts at a task succeed. Ribbons: 95 % confidence interval. { $tasks }.
pass-k-caption-few = Chance that all k attempts at a task succeed. Too few tasks for confidence intervals ({ $tasks }).
pass-k-caption-n = n: tasks with k scored attempts.

# Columns of the table.
pass-k-column-k = Attempts that must all succeed (k)
pass-k-column-chance = Chance (%)
pass-k-column-low = Chance, 95 % CI from (%)
pass-k-column-high = Chance, 95 % CI to (%)
pass-k-column-tasks = Tasks with k scored attempts
