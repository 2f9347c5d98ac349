# What stands beside the figures of a run: notes, cautions, the line without customers' faults.
# $name, $names, $one, $other: names of conditions or runs, as the person wrote them.

results-tasks = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
results-conversations = { $n ->
    [one] { $n } conversation
   *[other] { $n } conversations
}

# Notes.
note-open = { $n } of { $total } conversations have yet to finish.
note-fell-out = { $name }: { results-tasks } left out of the comparison, for want of a score on one side.
note-no-intervals = With fewer than { $least } tasks no intervals are given.
# $test: mcnemar (one attempt a task) or sign-flip. $n: conditions compared with the baseline.
note-p-values = { $test ->
    [mcnemar] { $n ->
        [1] p-value: McNemar's exact test.
       *[other] p-values: McNemar's exact test, corrected for { $n } comparisons (Holm).
    }
   *[sign-flip] { $n ->
        [1] p-value: sign-flip test over tasks.
       *[other] p-values: sign-flip test over tasks, corrected for { $n } comparisons (Holm).
    }
}
note-practice = Practice, not a real model.
note-wording = Prompts in the wording of { $wording }.

# Cautions about one run.
caution-few-tasks = { $n ->
    [one] Only one task has a score: there are counts only, no intervals and no verdicts. Run { $least } tasks or more to compare.
   *[other] Only { $n } tasks have a score: there are counts only, no intervals and no verdicts. Run { $least } tasks or more to compare.
}
caution-stopped = The run was stopped before its end: { $open } of { $total } conversations were not held. A run that is stopped for what it shows shows too much.
caution-not-scored = { $n } of { $total } conversations not scored: they could not be finished, and count neither as success nor as failure.
caution-reply-cache = { $cached } of { $total } replies came from the cache of earlier replies. They repeat what was said before: they are no new evidence, and cost and time are those of the rest.
caution-reply-cache-attempts = { $cached } of { $total } replies came from the cache of earlier replies. These attempts repeat earlier ones: they are no new evidence of how steady the agent is, and cost and time are those of the rest.
caution-excluded = { $n ->
    [one] One task was left out after the run: { $tasks }.
   *[other] { $n } tasks were left out after the run: { $tasks }.
}
caution-margin = The margin was changed after the run, from { $planned } to { $margin } points.
caution-baseline = Conditions are compared with “{ $name }”, not with customers without traits.
caution-left-out = { $n ->
    [one] One conversation that failed by the customer's fault was left out after the run.
   *[other] { $n } conversations that failed by the customer's fault were left out after the run.
}
caution-trait-not-shown = The customers of “{ $name }” did not show the trait, so the change says nothing about it.
caution-trait-weak = The customers of “{ $name }” showed the trait only weakly.

# Cautions about runs that are compared. $which: "gpt-4o (Run 1, Run 2); steer (Run 3)".
caution-which = { $value } ({ $runs })
caution-customer-model = The runs do not have the same customers: { $which }. What differs between them may come from that.
caution-customer-strategy = The runs' customers are not made in the same way: { $which }. What differs between them may come from that.
caution-prompts = The runs do not have the same prompts: { $which }. What differs between them may come from that.
caution-grader = The runs were not graded by the same rules: { $which }. They are not compared with each other.
caution-data = The domain's content is not the same in { $runs }. They are not compared with each other.
caution-temperature = The agents did not have the same temperature: { $which }. What differs between the runs may come from that.
caution-steps = Conversations could not last equally long: { $which } agent steps at most. What differs between the runs may come from that.
caution-set-up = The runs differ in “{ $what }”: { $which }. What differs between them may come from that.
caution-tasks = The runs do not have the same set of tasks: { $which }. Only tasks that both have are compared.

# Without the customers' faults. $sentence: the headline of that result, a whole sentence.
sensitivity-without = { $n ->
    [one] Without the one conversation in which the customer was at fault: { $sentence }
   *[other] Without the { $n } conversations in which the customer was at fault: { $sentence }
}
sensitivity-with = { $n ->
    [one] With the one conversation that was left out, in which the customer was at fault: { $sentence }
   *[other] With the { $n } conversations that were left out, in which the customer was at fault: { $sentence }
}
