# 出了什么问题：带有各失败标签的对话占多少，与基线相比。

# 图表的一句话结论。
tags-nothing = 没有带标签的失败对话。
tags-rose = 在“{ $name }”条件下，失败“{ $tag }”的出现率上升了 { $points }（95% 置信区间 { $range }），见于 { $share } 的对话。
tags-rose-of = 在“{ $name }”条件下，失败“{ $tag }”的出现率上升了 { $points }（95% 置信区间 { $range }），见于 { $share } 的对话；这是 { $clear } 项明确增加中最大的一项。
tags-fell = 在“{ $name }”条件下，失败“{ $tag }”的出现率下降了 { $points }（95% 置信区间 { $range }），见于 { $share } 的对话。
tags-fell-of = 在“{ $name }”条件下，失败“{ $tag }”的出现率下降了 { $points }（95% 置信区间 { $range }），见于 { $share } 的对话；这是 { $clear } 项明确减少中最大的一项。
tags-cannot-tell = 最常见的失败是“{ $tag }”，在“{ $name }”条件下见于 { $share } 的对话；无法判断是否有失败变得更多或更少：所有置信区间都包含零变化。
tags-most = 最常见的失败是“{ $tag }”，在“{ $name }”条件下 { $scored } 次已评分的对话中出现 { $count } 次。

# 用文字描述一个条。
tags-bar = { $tag }，{ $name }：{ $scored } 次已评分的对话中有 { $count } 次（{ $share }）。
tags-bar-change = { $tag }，{ $name }：{ $scored } 次已评分的对话中有 { $count } 次（{ $share }），相对基线变化 { $change }（95% 置信区间 { $range }）。
tags-bar-few = { $tag }，{ $name }：{ $scored } 次已评分的对话中有 { $count } 次，任务太少，无法给出区间。
tags-bar-nothing = { $tag }，{ $name }：尚无评分。
tags-further-named = 另有 { $n } 个标签：{ $tags }。

# 图中文字。
tags-share = 占对话的比例
tags-change = 变化（百分点）
tags-figures = 变化（95% 置信区间）
tags-fewer = 更少
tags-more = 更多
tags-share-count = { $share }（{ $count }）
tags-count = { $count }/{ $scored }
tags-no-score = 未评分
tags-further = 另有 { $n } 个标签
tags-caption = 带有各失败标签的对话占已评分对话的比例，所有任务权重相同；括号内为对话次数。每个条件下已评分 { $conversations }。
tags-caption-between = 带有各失败标签的对话占已评分对话的比例，所有任务权重相同；括号内为对话次数。每个条件下已评分 { $between } 次对话。
tags-caption-counts = 带有各失败标签的对话占已评分对话的比例，所有任务权重相同；各条旁为次数。
tags-caption-change = 右侧的线：相对基线变化的 95% 置信区间；实心标记：零在区间之外。
tags-caption-few = 任务太少，无法给出置信区间。

# 表格各列。
tags-column-tag = 失败标签
tags-column-tag-id = 失败标签（ID）
tags-column-count = 带有该标签的对话数
tags-column-share = 比例（%）
