# Whose fault failures were: a stack a condition.
#
# $name: a condition, as the person wrote it. $failed, $scored, $n and the names of the parts: counts of
# conversations. $share: "34 %".

# The one sentence of the chart.
faults-nothing = Nothing has been scored yet.
faults-none-failed = None of { $scored } scored conversations failed.
faults-unjudged = Of { $scored } scored conversations { $failed } failed; nobody has judged yet whose fault that was.
faults-judged = Of { $failed } failures in { $scored } scored conversations the agent caused { $agent }, the customer { $user } and the environment { $environment }; the grading of { $grader } is in doubt and { $unjudged } were not judged.
faults-judged-all = Of { $failed } failures in { $scored } scored conversations the agent caused { $agent }, the customer { $user } and the environment { $environment }; the grading of { $grader } is in doubt.

# A condition and a part in words; $share is that of the scored conversations.
faults-row = { $name }: { $failed } of { $scored } scored conversations failed ({ $share }); customer { $user }, agent { $agent }, environment { $environment }, grader { $grader }, not judged { $unjudged }; { $not-scored } not scored.
faults-row-nothing = { $name }: nothing scored yet; { $not-scored } not scored.
faults-part-user = { $name }: { $n } of { $failed } failures caused by the customer ({ $share } of { $scored } scored conversations).
faults-part-agent = { $name }: { $n } of { $failed } failures caused by the agent ({ $share } of { $scored } scored conversations).
faults-part-environment = { $name }: { $n } of { $failed } failures caused by the environment ({ $share } of { $scored } scored conversations).
faults-part-grader = { $name }: { $n } of { $failed } failures whose grading is in doubt ({ $share } of { $scored } scored conversations).
faults-part-unjudged = { $name }: { $n } of { $failed } failures not judged ({ $share } of { $scored } scored conversations).

# In the picture.
faults-user = Customer
faults-agent = Agent
faults-environment = Environment
faults-grader = Grader
faults-not-judged = Not judged
faults-count = { $failed } of { $scored } failed
faults-not-scored = { $n } not scored
faults-no-score = nothing scored yet
faults-caption = Failed conversations as a share of those scored, by whose fault it was; below each bar the counts. Conversations without a score are counted beside and are in no bar.

# Columns of the table.
faults-column-failed = Conversations failed
faults-column-share = Failed (% of scored)
faults-column-user = Fault: customer
faults-column-agent = Fault: agent
faults-column-environment = Fault: environment
faults-column-grader = Fault: grader
faults-column-unjudged = Fault: not judged
