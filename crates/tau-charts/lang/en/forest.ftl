# The dot and forest chart: success or effort under each condition, and its change from the baseline.
#
# $measure: success, turns, tool_calls, cost (of a conversation, in US dollars) or seconds (how long it took).
# $name, $baseline: names of conditions, as the person wrote them.
# $known, $customers: "yes" and English words for the customers ("impatient customers") where there are any;
#   other languages use $name.
# $points: "12 points"; $size, $low, $high, $rate: figures with their unit ("2.1", "$0.03", "14 s", "72 %").
# $change: "−12 points" or "+$0.03"; $range: "5 to 19"; $design: "50 tasks × 3 attempts"; $tasks: "50 tasks".

# How the parts of the sentences below begin and end.
forest-under = { $known ->
    [yes] With { $customers }
   *[no] Under “{ $name }”
}
# The baseline after a comma or "against"; $named is "yes" where it is not the one without traits.
forest-baseline = { $named ->
    [yes] under “{ $baseline }”
   *[no] without traits
}
forest-against = { $named ->
    [yes] {" "}against “{ $baseline }”
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear drops
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear rises
}
forest-too-few = { $tasks-few ->
    [one] { $tasks-few } task is too few to say more.
   *[other] { $tasks-few } tasks are too few to say more.
}
forest-design = { $tasks } × { $attempts }
forest-tasks-between = { $low } to { $high } tasks

# The one sentence of the chart.
forest-nothing = Nothing has been scored yet.
forest-not-shown = The customers of “{ $name }” did not show the trait, so the change says nothing about it.
forest-fell = { forest-under } success fell { $points }{ forest-against } (95 % CI { $range }; { $design }){ forest-among-drops }.
forest-rose = { forest-under } success rose { $points }{ forest-against } (95 % CI { $range }; { $design }){ forest-among-rises }.
forest-unchanged = { forest-under } success did not change by a meaningful amount{ forest-against }: the interval stays within { $margin } of no change ({ $design }).
forest-unchanged-all = No trait changed success by a meaningful amount{ forest-against }: every interval stays within { $margin } of no change.
forest-cannot-tell = { $known ->
    [yes] We cannot tell whether a conversation with { $customers } changes success{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
   *[no] We cannot tell whether “{ $name }” changes success{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
}
forest-cannot-tell-any = { $known ->
    [yes] We cannot tell whether any trait changes success{ forest-against }: every interval includes no change (largest shift, { $customers }: { $change }, 95 % CI { $range }; { $design }).
   *[no] We cannot tell whether any trait changes success{ forest-against }: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $design }).
}
forest-few = { forest-under } { $passed } of { $scored } conversations succeeded, { forest-baseline } { $baseline-passed } of { $baseline-scored }; { forest-too-few }
forest-alone = { $condition ->
    [baseline] The agent succeeded in { $rate } of conversations (95 % CI { $range }; { $conversations } scored).
   *[other] Under “{ $name }” the agent succeeded in { $rate } of conversations (95 % CI { $range }; { $conversations } scored).
}
forest-alone-few = { $condition ->
    [baseline] The agent succeeded in { $passed } of { $conversations }.
   *[other] Under “{ $name }” the agent succeeded in { $passed } of { $conversations }.
}

# The sentence where effort is measured.
forest-among-increases = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear increases
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] , the largest of { $clear } clear decreases
}
forest-more = { $measure ->
    [turns] { forest-under } a conversation took { $size } more turns{ forest-against } (95 % CI { $range }; { $design }){ forest-among-increases }.
    [tool_calls] { forest-under } the agent made { $size } more tool calls per conversation{ forest-against } (95 % CI { $range }; { $design }){ forest-among-increases }.
    [cost] { forest-under } a conversation cost { $size } more{ forest-against } (95 % CI { $range }; { $design }){ forest-among-increases }.
   *[seconds] { forest-under } a conversation took { $size } longer{ forest-against } (95 % CI { $range }; { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under } a conversation took { $size } fewer turns{ forest-against } (95 % CI { $range }; { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under } the agent made { $size } fewer tool calls per conversation{ forest-against } (95 % CI { $range }; { $design }){ forest-among-decreases }.
    [cost] { forest-under } a conversation cost { $size } less{ forest-against } (95 % CI { $range }; { $design }){ forest-among-decreases }.
   *[seconds] { forest-under } a conversation was { $size } shorter{ forest-against } (95 % CI { $range }; { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] We cannot tell whether “{ $name }” changes how many turns a conversation takes{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
    [tool_calls] We cannot tell whether “{ $name }” changes how many tool calls a conversation takes{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
    [cost] We cannot tell whether “{ $name }” changes what a conversation costs{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
   *[seconds] We cannot tell whether “{ $name }” changes how long a conversation takes{ forest-against }: the interval includes no change ({ $change }, 95 % CI { $range }; { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] We cannot tell whether any trait changes how many turns a conversation takes{ forest-against }: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $design }).
    [tool_calls] We cannot tell whether any trait changes how many tool calls a conversation takes{ forest-against }: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $design }).
    [cost] We cannot tell whether any trait changes what a conversation costs{ forest-against }: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $design }).
   *[seconds] We cannot tell whether any trait changes how long a conversation takes{ forest-against }: every interval includes no change (largest shift, “{ $name }”: { $change }, 95 % CI { $range }; { $design }).
}
forest-effort-few = { $measure ->
    [turns] { forest-under } a conversation took { $rate } turns on average, { forest-baseline } { $baseline-rate }; { forest-too-few }
    [tool_calls] { forest-under } a conversation took { $rate } tool calls on average, { forest-baseline } { $baseline-rate }; { forest-too-few }
    [cost] { forest-under } a conversation cost { $rate } on average, { forest-baseline } { $baseline-rate }; { forest-too-few }
   *[seconds] { forest-under } a conversation took { $rate } on average, { forest-baseline } { $baseline-rate }; { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] A conversation took { $rate } turns on average ({ $conversations }).
    [tool_calls] A conversation took { $rate } tool calls on average ({ $conversations }).
    [cost] A conversation cost { $rate } on average ({ $conversations }).
   *[seconds] A conversation took { $rate } on average ({ $conversations }).
}

# A row in words.
forest-row = { $name }: { forest-amount } against { $baseline-rate } { forest-baseline }, { forest-way } ({ forest-interval }); { $verdict }; { $tasks }; { forest-scored }.
forest-row-alone = { $name }: { forest-amount }; { forest-scored }.
forest-row-nothing = { $name }: nothing to show yet; { forest-scored }.
forest-row-not-shown = Yet the customers did not show the trait.
forest-row-weak = Yet the customers showed the trait only weakly.
forest-amount = { $measure ->
    [success] { $rate } success
    [turns] { $rate } turns per conversation
    [tool_calls] { $rate } tool calls per conversation
   *[other] { $rate } per conversation
}
# $way: same, lower or higher; $size: the change without its sign.
forest-way = { $way ->
    [same] the same
    [lower] { $size } lower
   *[higher] { $size } higher
}
# $interval: "yes" where there is one.
forest-interval = { $interval ->
    [yes] 95 % confidence interval { $range }
   *[no] too few tasks for an interval
}
forest-scored = { $measure ->
    [success] { $scored } of { $planned } conversations scored
   *[other] { $scored } of { $planned } conversations measured
}

# In the picture.
forest-level = { $measure ->
    [success] Success
    [turns] Turns per conversation
    [tool_calls] Tool calls per conversation
    [cost] Cost per conversation
   *[seconds] Time per conversation
}
# $unit as $measure, with minutes where times are long.
forest-change = { $unit ->
    [success] Change, in points
    [turns] Change, in turns
    [tool_calls] Change, in tool calls
    [cost] Change, in US dollars
    [minutes] Change, in minutes
   *[seconds] Change, in seconds
}
forest-figures = Change (95 % CI)
forest-left = { $measure ->
    [success] worse
   *[other] less
}
forest-right = { $measure ->
    [success] better
   *[other] more
}
forest-no-clear-change = no clear change
forest-no-change = no change
forest-not-scored = not scored yet
forest-too-few-to-tell = too few tasks to tell
# The level of the baseline in the column of figures.
forest-baseline-level = { $measure ->
    [success] { $rate } success
    [turns] { $rate } turns
    [tool_calls] { $rate } tool calls
   *[other] { $rate }
}
forest-verdict-more = more
forest-verdict-less = less
# Below the name of a row.
forest-part-scored = { $measure ->
    [success] { $scored } of { $planned } scored
   *[other] { $scored } of { $planned } measured
}
forest-caption = { $design }, compared task by task. Lines at the right: 95 % confidence interval; filled marks: zero is outside it.
forest-caption-few = { $design }, compared task by task. Too few tasks for confidence intervals.

# Columns of the table.
forest-column-id = Id
forest-column-name = Condition
forest-column-planned = Conversations planned
forest-column-scored = { $measure ->
    [success] Conversations scored
   *[other] Conversations measured
}
forest-column-passed = Conversations succeeded
forest-column-tasks = Tasks compared
forest-column-level = { $measure ->
    [success] Success (%)
    [turns] Turns per conversation
    [tool_calls] Tool calls per conversation
    [cost] Cost per conversation (US$)
   *[seconds] Time per conversation (s)
}
forest-column-baseline = { $measure ->
    [success] Success { forest-baseline } (%)
    [turns] Turns { forest-baseline }
    [tool_calls] Tool calls { forest-baseline }
    [cost] Cost { forest-baseline } (US$)
   *[seconds] Time { forest-baseline } (s)
}
forest-column-change = { $measure ->
    [success] Change (points)
    [turns] Change (turns)
    [tool_calls] Change (tool calls)
    [cost] Change (US$)
   *[seconds] Change (s)
}
forest-column-low = { $measure ->
    [success] 95 % CI low (points)
    [turns] 95 % CI low (turns)
    [tool_calls] 95 % CI low (tool calls)
    [cost] 95 % CI low (US$)
   *[seconds] 95 % CI low (s)
}
forest-column-high = { $measure ->
    [success] 95 % CI high (points)
    [turns] 95 % CI high (turns)
    [tool_calls] 95 % CI high (tool calls)
    [cost] 95 % CI high (US$)
   *[seconds] 95 % CI high (s)
}
forest-column-verdict = Verdict
forest-column-trait = Trait
