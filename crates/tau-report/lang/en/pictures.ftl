# Titles of charts, and why one cannot be drawn yet: a sentence that says what to do.

title-forest-success = Success under each condition
title-forest-turns = Turns of a conversation
title-forest-tool_calls = Tool calls of a conversation
title-forest-cost = Cost of a conversation
title-forest-seconds = Duration of a conversation
title-pass_k = Reliability over repeated attempts (pass^k)
title-response = Success over the level of a trait
title-dose = Levels of traits, asked for and measured
title-flips = Tasks that changed sides
title-faults = Whose fault failures were
title-tags = What went wrong in failures
title-heat-models = Change of success by agent
title-heat-domains = Change of success by domain
title-slope = From { $left } to { $right }
title-slope-two = Two releases

missing-nothing-scored = Nothing has been scored yet. The chart comes with the first conversations that are graded.
missing-comparison = Run a second kind of customer beside the baseline to see what changes.
missing-turns = How many turns conversations took is not known of this run.
missing-tool_calls = How many tool calls conversations took is not known of this run.
missing-cost = What conversations cost is not known. Give prices for the models in use, and the next run has them.
missing-cost-nothing = No conversation cost anything, so there is nothing to compare.
missing-seconds = How long conversations took is not known of this run.
missing-pass_k = Run each task twice or more to see how often all attempts succeed.
missing-response = Run two levels of a trait to see success over its level.
missing-dose = Run customers with a trait to see the level that was asked for and the one measured.
missing-no-failure = No conversation failed, so there is no fault to show.
missing-tags = Have the failures judged by a model to see what went wrong.
missing-heat = Run a trait and a baseline to see what changes.
missing-models = Choose runs of two agents or more to compare them.
missing-domains = Choose runs in two domains or more to compare them.
missing-slope-two = Choose two runs, an earlier and a later one.
missing-slope-domain = Choose two runs in the same domain: tasks are compared one by one.
missing-slope-data = The domain's content differs between the two runs, so they are not compared. Run the earlier agent again on the present content.
missing-slope-grader = The two runs were graded by different rules, so they are not compared. Run the earlier agent again.
missing-slope-conditions = The two runs have no condition in common with a score on both sides. Run the same kinds of customers with both.

# A trait in the chart of levels asked for and measured, by what measured it.
dose-traits = Traits
dose-by-markers = { $name }, by markers
dose-by-directions = { $name }, by the local model’s directions
dose-by-judge = { $name }, by the judge
