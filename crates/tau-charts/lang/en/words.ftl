# Words that several charts use. Sources of the terms: research on evaluation, JASP's wording of results.
range = { $low } to { $high }
tasks = { $n ->
    [one] { $n } task
   *[other] { $n } tasks
}
attempts = { $n ->
    [one] { $n } attempt
   *[other] { $n } attempts
}
conversations = { $n ->
    [one] { $n } conversation
   *[other] { $n } conversations
}
# size: "12" or "0.4"; n is the same figure and chooses the plural
points = { $n ->
    [one] { $size } point
   *[other] { $size } points
}
verdict-worse = worse
verdict-better = better
verdict-no-meaningful-change = no meaningful change
verdict-cannot-tell = cannot tell
shown-weak = trait weak
shown-cannot-tell = trait not verified
shown-not-shown = trait not shown
practice = Practice, not a real model.
without-traits = without traits
success = Success
shown-shown = trait shown
no-name = (no name)
