# What went wrong: how much of the conversations carries each failure tag, against the baseline.
#
# $tag: a failure tag by its name. $name: a condition, as the person wrote it. $share: "14 %"; $count and
# $scored: conversations. $points: "8 points"; $change: "+8 points"; $range: "3 to 13"; $clear, $n: counts.

# The one sentence of the chart.
tags-nothing = No failed conversation has a tag.
tags-rose = The failure “{ $tag }” became more frequent by { $points } under “{ $name }”, in { $share } of conversations (95 % CI { $range }).
tags-rose-of = The failure “{ $tag }” became more frequent by { $points } under “{ $name }”, in { $share } of conversations (95 % CI { $range }), the largest of { $clear } clear increases.
tags-fell = The failure “{ $tag }” became less frequent by { $points } under “{ $name }”, in { $share } of conversations (95 % CI { $range }).
tags-fell-of = The failure “{ $tag }” became less frequent by { $points } under “{ $name }”, in { $share } of conversations (95 % CI { $range }), the largest of { $clear } clear decreases.
tags-cannot-tell = The most frequent failure is “{ $tag }”, in { $share } of conversations under “{ $name }”; we cannot tell whether any failure became more or less frequent: every interval includes no change.
tags-most = The most frequent failure is “{ $tag }”, in { $count } of { $scored } scored conversations under “{ $name }”.

# A bar in words.
tags-bar = { $tag }, { $name }: { $count } of { $scored } scored conversations ({ $share }).
tags-bar-change = { $tag }, { $name }: { $count } of { $scored } scored conversations ({ $share }), { $change } against the baseline (95 % CI { $range }).
tags-bar-few = { $tag }, { $name }: { $count } of { $scored } scored conversations, too few tasks for an interval.
tags-bar-nothing = { $tag }, { $name }: nothing scored yet.
tags-further-named = { $n ->
    [one] { $n } further tag: { $tags }.
   *[other] { $n } further tags: { $tags }.
}

# In the picture.
tags-share = Share of conversations
tags-change = Change, in points
tags-figures = Change (95 % CI)
tags-fewer = fewer
tags-more = more
tags-share-count = { $share } ({ $count })
tags-count = { $count } of { $scored }
tags-no-score = not scored
tags-further = { $n ->
    [one] { $n } further tag
   *[other] { $n } further tags
}
tags-caption = Share of scored conversations with each failure tag, all tasks counting the same; in brackets how many conversations. { $conversations } scored under each condition.
tags-caption-between = Share of scored conversations with each failure tag, all tasks counting the same; in brackets how many conversations. { $between } conversations scored under a condition.
tags-caption-counts = Share of scored conversations with each failure tag, all tasks counting the same; beside each bar the counts.
tags-caption-change = Lines at the right: 95 % confidence interval of the change from the baseline; filled marks: zero is outside it.
tags-caption-few = Too few tasks for confidence intervals.

# Columns of the table.
tags-column-tag = Failure tag
tags-column-tag-id = Failure tag (id)
tags-column-count = Conversations with it
tags-column-share = Share (%)
