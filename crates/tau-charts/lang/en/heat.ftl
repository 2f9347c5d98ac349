# The heat map: models or domains down, conditions across, the change of success in each cell.
#
# $line: a model or domain; $column: a condition; both as the person wrote them.
# $points: "12 points"; $change: "−12 points"; $range: "5 to 19"; $baseline: "74 %"; $tasks: "50 tasks".

# The one sentence of the chart.
heat-nothing = Nothing has been compared yet.
heat-few = With fewer than 10 tasks in each comparison only counts can be given; the largest change is { $change } for { $line } under “{ $column }” ({ $tasks }).
heat-fell-one = Of { $all } comparisons one is a clear drop: for { $line } success fell { $points } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-fell = Of { $all } comparisons { $clear } are clear drops; the largest is { $points }, for { $line } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-fell-only = For { $line } success fell { $points } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-rose-one = Of { $all } comparisons none is a clear drop and one a clear rise: for { $line } success rose { $points } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-rose = Of { $all } comparisons none is a clear drop and { $clear } are clear rises; the largest is { $points }, for { $line } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-rose-only = For { $line } success rose { $points } under “{ $column }” (95 % CI { $range }; { $tasks }).
heat-unchanged = No comparison shows a meaningful change: every interval includes no change and stays within the margin ({ $all } in all).
heat-cannot-tell = We cannot tell whether success changes: every interval includes no change ({ $all } comparisons; largest shift { $change }, for { $line } under “{ $column }”, 95 % CI { $range }; { $tasks }).
heat-cannot-tell-only = We cannot tell whether success changes for { $line } under “{ $column }”: the interval includes no change ({ $change }, 95 % CI { $range }; { $tasks }).

# A cell in words.
heat-cell = { $line }, { $column }: success changed by { $change } (95 % CI { $range }; { $tasks }); { $verdict }.
heat-cell-few = { $line }, { $column }: success changed by { $change } on { $tasks }, too few for an interval.
heat-cell-alone = { $line }, { $column }: { $scored } of { $planned } conversations scored, nothing to compare them with.
heat-cell-none = { $line }, { $column }: not run.
heat-cell-shown = { $cell } The customers' trait: { $shown }.
heat-cell-marked = { $cell } The baseline differs in more than its customers.
heat-baseline = { $line }: { $baseline } success without traits.

# In the picture.
heat-baseline-head = Without traits
heat-not-run = not run
heat-nothing-to-compare = not scored
heat-scale = Change of success against the baseline, in points
heat-scale-worse = worse
heat-scale-better = better
heat-key-hatched = hatched: the interval includes no change
heat-key-few = framed: fewer than 10 tasks, no interval
heat-key-weak = customers showed the trait only weakly
heat-key-not-shown = customers did not show the trait
heat-key-cannot-tell = trait not verified
heat-key-marked = the baseline differs in more than its customers
heat-caption = In each cell the change in points and, where there is room, its 95 % confidence interval. { $tasks } in each comparison.
heat-caption-between = In each cell the change in points and, where there is room, its 95 % confidence interval. { $between } tasks in a comparison.
heat-caption-few = In each cell the change in points. { $tasks } in each comparison.
heat-caption-few-between = In each cell the change in points. { $between } tasks in a comparison.
