# The flip strip: each task from its success without traits to its success under a condition.
#
# $name: a condition's name, as the person wrote it; $task: a task's id.
# $broke, $same, $fixed: tasks that succeed less often, as often, more often; $compared: all of them.
# $before, $after: success without traits and under the condition ("67 %").

# The one sentence of the chart. $worst names the condition that most tasks broke under.
flips-nothing = No task has been compared yet.
flips-none = { $conditions ->
    [1] Under “{ $name }” none of { $compared } tasks succeeded more or less often than without traits.
   *[other] No task succeeded more or less often under any of { $conditions } conditions than without traits.
}
flips-said = { $conditions ->
    [1] Under “{ $name }” { $broke } of { $compared } tasks succeeded less often than without traits and { $fixed } more often.
   *[other] Under “{ $name }”, the condition with the largest balance of tasks that broke, { $broke } of { $compared } tasks succeeded less often than without traits and { $fixed } more often.
}
flips-balance-better = { $conditions ->
    [1] Under “{ $name }” { $fixed } of { $compared } tasks succeeded more often than without traits and { $broke } less often.
   *[other] Under none of { $conditions } conditions more tasks broke than were fixed; under “{ $name }” { $fixed } of { $compared } tasks succeeded more often than without traits and { $broke } less often.
}

# A condition in words.
flips-row = { $name }: of { $compared ->
    [one] { $compared } task
   *[other] { $compared } tasks
} { $broke } broke (succeeded less often than without traits), { $same } stayed the same and { $fixed ->
    [one] { $fixed } was fixed (succeeded more often).
   *[other] { $fixed } were fixed (succeeded more often).
}
flips-row-nothing = { $name }: no task could be compared.
flips-fell-out = { $tasks ->
    [one] { $tasks } task could not be compared, because one side has no score.
   *[other] { $tasks } tasks could not be compared, because one side has no score.
}

# A place in the picture.
flips-task = Task “{ $task }” under “{ $name }”: { $before } success without traits, { $after } under the condition.
flips-tasks = { $tasks ->
    [one] { $tasks } task under “{ $name }”: { $before } success without traits, { $after } under the condition.
   *[other] { $tasks } tasks under “{ $name }”: { $before } success without traits, { $after } under the condition each.
}

# In the picture.
flips-broke = { $n } broke
flips-same = { $n } same
flips-fixed = { $n } fixed
flips-not-compared = { $n } not compared
flips-group-broke = broke
flips-group-same = same
flips-group-fixed = fixed
flips-no-task = no task compared yet
flips-axis = Success of each task
flips-baseline = without traits
flips-condition = under the condition
flips-caption = { $tasks ->
    [one] { $tasks } task. Broke: it succeeded less often under the condition than without traits; fixed: more often.
   *[other] { $tasks } tasks, one line each. Broke: a task succeeded less often under the condition than without traits; fixed: more often.
}
flips-caption-between = { $low } to { $high } tasks, one line each. Broke: a task succeeded less often under the condition than without traits; fixed: more often.

# Columns of the table.
flips-column-id = Id
flips-column-name = Condition
flips-column-task = Task
flips-column-before = Success without traits (%)
flips-column-after = Success (%)
flips-column-change = Change (points)
flips-column-group = What became of it
