# Dose and response: success over the level of a trait, and below it the level that was measured.
#
# $name: a trait, as it is called. $level: the name of a level or a figure. $rate: "61 %"; $own: "47 to 73".
# $points: "4 points"; $change: "−4 points"; $range: "2 to 6"; $tasks: "50 tasks"; $measured: "1.8".

level-0 = Off
level-1 = Slight
level-2 = Clear
level-3 = Strong
level-4 = Extreme

# The one sentence of the chart.
response-nothing = Nothing has been scored yet.
response-fell = Each step of { $name } costs { $points } (95 % CI { $range }; { $tasks }).
response-fell-of = Each step of { $name } costs { $points } (95 % CI { $range }; { $tasks }), the most among { $clear } traits that clearly cost success.
response-rose = Each step of { $name } adds { $points } (95 % CI { $range }; { $tasks }).
response-rose-of = Each step of { $name } adds { $points } (95 % CI { $range }; { $tasks }), the most among { $clear } traits that clearly add to success.
response-cannot-tell = We cannot tell whether the level of { $name } changes success: the interval includes no change ({ $change } for each step, 95 % CI { $range }; { $tasks }).
response-cannot-tell-any = We cannot tell whether the level of any trait changes success: every interval includes no change (largest slope, { $name }: { $change } for each step, 95 % CI { $range }; { $tasks }).
response-few = From { $first } to { $last } of { $name } success went from { $from } to { $to }; too few tasks to say more ({ $tasks }).
response-one-level = { $name } was run at one level only ({ $last }): { $to } success ({ $tasks }).

# A point and a slope in words.
response-point = { $name }, { $level }: { $rate } success (95 % CI { $own } %; { $tasks }).
response-point-few = { $name }, { $level }: { $rate } success on { $tasks }, too few for an interval.
response-point-nothing = { $name }, { $level }: nothing scored yet.
response-point-measured = { $point } The level measured was { $measured } of 4 (95 % CI { $own }).
response-point-measured-few = { $point } The level measured was { $measured } of 4.
response-slope-of = { $name }: { $change } for each step (95 % CI { $range }; { $tasks }).
response-slope-few = { $name }: { $change } for each step ({ $tasks }).

# In the picture.
response-success = Success
response-measured = Level measured (0 to 4)
response-slope = { $change } for each step (95 % CI { $range })
response-slope-no-interval = { $change } for each step
response-no-slope = too few tasks for a slope
response-entry = { $name }: { $slope }
response-caption = Success at each level asked for. Ribbons: 95 % confidence interval. { $tasks }.
response-caption-between = Success at each level asked for. Ribbons: 95 % confidence interval. { $between } tasks.
response-caption-few = Success at each level asked for. Too few tasks for confidence intervals ({ $tasks }).
response-caption-measured = Grey line: customers who show just the level asked for.

# Columns of the table.
response-column-level = Level asked (0 to 4)
response-column-measured = Level measured (0 to 4)
response-column-measured-low = Level measured, 95 % CI from
response-column-measured-high = Level measured, 95 % CI to
response-column-slope = Change for each level (points)
response-column-slope-low = Change for each level, 95 % CI from (points)
response-column-slope-high = Change for each level, 95 % CI to (points)
response-column-slope-tasks = Tasks with two levels or more
