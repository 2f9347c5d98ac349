# The report and the workbook of a run.
# Names ($agent, $domain, $name, ...) are put in as the person wrote them. Figures in text arguments
# ($size, $rate, ...) are already written as the language writes them.

report-of-a-run = Report of a run
# $date: as it shall read; $product: name and version of this program
made = The run as it stood on { $date }. Made with { $product }.
contents-of-run = { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
}, { $conditions ->
    [one] { $conditions } kind of customer
   *[other] { $conditions } kinds of customers
}
page = Page { $page } of { $pages }

section-key-finding = Key finding
section-question = Question
section-set-up = Set-up
section-findings = Findings
section-worst = Conversations to read first
section-method = Method and limits
section-appendix = Appendix

# $known: no where the file that it was opened from does not name the model.
question = { $known ->
    [no] How well does the agent do its job in { $domain }, and does that depend on who it talks to?
   *[yes] How well does the agent { $agent } do its job in { $domain }, and does that depend on who it talks to?
}
question-customers = { $known ->
    [no] The same tasks were done with each of these kinds of customers:
   *[yes] The same tasks were done with each of these kinds of customers, simulated by { $customer }:
}
question-alone = { $known ->
    [no] The tasks were done with one kind of customers: { $name }.
   *[yes] The tasks were done with one kind of customers, simulated by { $customer }: { $name }.
}

fact-domain = Domain
fact-agent = Agent
fact-customer = Customer

practice-label = Practice, not a real model: the figures show how the program works and say nothing about an agent.

table-results = Success by kind of customer
figure = Figure { $number }. { $title }
# n of every figure; $scored and $planned are conversations
figure-n = n = { $tasks ->
    [one] { $tasks } task
   *[other] { $tasks } tasks
}, { $scored } of { $planned } conversations scored.
no-charts = There is nothing to draw yet.
as-table = The figures as a table
in-words = The figure in words

column-condition = Customers
column-scored = Scored
column-success = Success (95 % CI)
column-change = Change in points (95 % CI)
column-verdict = Verdict
column-p = p
column-tasks = Tasks compared
column-left-out = Tasks left out
column-broke = Tasks that broke
column-fixed = Tasks that were fixed
column-same = Tasks that stayed the same
column-pass-k = All { $k } attempts succeed (95 % CI)
column-task = Task
column-title = Title
column-baseline = { $name }
column-with = Under
column-succeeded = Attempts that succeeded
column-fell = Change in points
column-customers-shown = Traits of the customers

scored-of = { $scored } of { $planned }
# beside figures without an interval
not-scored = not scored
estimate = { $estimate } ({ $range })
verdict-worse = worse
verdict-better = better
verdict-no-meaningful-change = no meaningful change
verdict-cannot-tell = cannot tell
shown-shown = shown
shown-weak = weak
shown-cannot-tell = cannot tell
shown-not-shown = not shown

worst-tasks = Tasks that broke most
worst-tasks-lead = Tasks by how much success fell under some kind of customers, against { $baseline } on the same task.
worst-tasks-alone = Tasks by how seldom they succeeded.
worst-none = No task succeeded less often than under { $baseline }.
worst-none-alone = No conversation failed.
worst-conversation = Task { $task } · { $condition } · attempt { $attempt }
worst-fault = Fault: { $fault }
said-customer = Customer
said-agent = Agent
said-tool = Action

method-unit = The unit of analysis is the task. The attempts at a task are not independent of each other, so each task counts once, with the share of its attempts that succeeded.
method-rate = Success is the mean over tasks. Its 95 % confidence interval is a Wilson interval with the effective number of conversations, which allows for attempts at the same task being alike.
method-difference = Changes are paired: for each task the success under { $baseline } is taken from the success under the other customers, and the 95 % confidence interval of the mean difference is a t interval over tasks (Newcombe's interval where every task changed alike). Only tasks scored on both sides are compared.
method-few = With fewer than { $n } tasks only counts are given, no intervals.
method-verdicts = A verdict says “worse” or “better” when the whole interval lies on one side of no change, “no meaningful change” when it includes no change and stays within { $margin } points of it, and otherwise “cannot tell”.
method-margin-changed = The margin was { $planned } points when the run was planned and was changed to { $margin } points afterwards.
method-test = p-values come from a sign-flip permutation test over tasks with the seed { $seed } (McNemar's exact test with one attempt a task), corrected for the number of comparisons by Holm's method.
method-pass-k = “All { $k } attempts succeed” is pass^{ $k }: the chance that { $k } attempts at the same task all succeed, over the tasks with that many scored attempts.
method-not-scored = Conversations that could not be finished for technical reasons count neither as success nor as failure: { $count ->
    [one] { $count } conversation was not scored
   *[other] { $count } conversations were not scored
} of { $planned }.
method-open = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
} of { $planned } had not finished when this was written.
method-excluded = Left out by the reader of the result: { $count ->
    [one] task { $tasks }
   *[other] { $count } tasks ({ $tasks })
}.
method-left-out = Left out by the reader of the result because the customer was at fault: { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
}.
method-customers = The customers are simulated. The figures hold for people only as far as the simulation does; whether the simulated customers showed their traits stands in the appendix.
method-independence = Attempts at a task are taken to be independent given the task. A provider that answers repeated requests from a store breaks that.
method-sample = The intervals take the tasks for a sample of the work that is of interest. They say nothing about other work.
method-effort = Success is measured by the state of the records at the end and by what the customer had to be told, not by how pleasant the conversation was.

appendix-results = Figures of every kind of customers
appendix-fidelity = Did the customers show their traits?
appendix-tasks = Every task: attempts that succeeded, of those scored
appendix-tasks-key = Columns: { $columns }.
appendix-more = { $count ->
    [one] { $count } more task is
   *[other] { $count } more tasks are
} in the workbook.
appendix-elsewhere = Every conversation stands in the workbook and, with all its messages, in the conversation file (JSONL) of this run.

sheet-summary = Summary
sheet-conditions = Customers
sheet-tasks = Tasks
sheet-conversations = Conversations
sheet-chart = Figure { $number }
sheet-method = Method

book-passed = { $name }: succeeded
book-scored = { $name }: scored
book-condition-id = Condition
book-attempt = Attempt
book-outcome = Outcome
book-reward = Reward
book-why = Why
book-messages = Messages
book-tool-calls = Tool calls
book-steps = Steps of the agent
book-cost = Cost (US dollars)
book-seconds = Duration (seconds)
book-fault = Fault
book-tags = Tags
book-planned = Conversations planned
book-scored-count = Conversations scored
book-passed-count = Conversations that succeeded
book-rate = Success (%)
book-rate-low = Success, 95 % CI from (%)
book-rate-high = Success, 95 % CI to (%)
book-baseline-rate = { $name } on the same tasks (%)
book-change = Change (points)
book-change-low = Change, 95 % CI from (points)
book-change-high = Change, 95 % CI to (points)
book-p = p (Holm)
book-pass-k = All { $k } attempts succeed (%)
book-drawn = Drawn data
book-for-chart = What the chart beside shows
book-plus = { $name }: interval above
book-minus = { $name }: interval below
book-cut = Cut: a cell holds at most 32,767 characters. The whole text is in the conversation file (JSONL).
book-rows-cut = { $count ->
    [one] { $count } more row does
   *[other] { $count } more rows do
} not fit into a sheet.

outcome-passed = passed
outcome-failed = failed
outcome-not-scored = not scored
outcome-pending = not run yet
outcome-running = going on

plot-points = Points
plot-success = Success (%)
plot-level = Level
plot-measured = Measured level
plot-contrast = Contrast (nats a token)
plot-turns = Turns
plot-tool-calls = Tool calls
plot-dollars = US dollars
plot-seconds = Seconds
plot-conversations = Conversations
plot-tasks = Tasks
plot-share = Share of conversations (%)
plot-k = k
fault-user = Customer
fault-agent = Agent
fault-environment = Environment
fault-grader = Grading
fault-unjudged = Not judged
