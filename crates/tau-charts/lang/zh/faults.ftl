# 失败是谁的责任：每个条件一个堆叠条。

# 图表的一句话结论。
faults-nothing = 尚无评分。
faults-none-failed = { $scored } 次已评分的对话无一失败。
faults-unjudged = { $scored } 次已评分的对话中有 { $failed } 次失败；尚未判定责任在谁。
faults-judged = { $scored } 次已评分的对话中有 { $failed } 次失败：智能体造成 { $agent } 次，客户造成 { $user } 次，环境造成 { $environment } 次；另有 { $grader } 次评分存疑，{ $unjudged } 次未判定。
faults-judged-all = { $scored } 次已评分的对话中有 { $failed } 次失败：智能体造成 { $agent } 次，客户造成 { $user } 次，环境造成 { $environment } 次；另有 { $grader } 次评分存疑。

# 用文字描述一个条件和其中一部分。
faults-row = { $name }：{ $scored } 次已评分的对话中有 { $failed } 次失败（{ $share }）；客户 { $user }，智能体 { $agent }，环境 { $environment }，评分 { $grader }，未判定 { $unjudged }；{ $not-scored } 次未评分。
faults-row-nothing = { $name }：尚无评分；{ $not-scored } 次未评分。
faults-part-user = { $name }：{ $failed } 次失败中有 { $n } 次由客户造成（占 { $scored } 次已评分对话的 { $share }）。
faults-part-agent = { $name }：{ $failed } 次失败中有 { $n } 次由智能体造成（占 { $scored } 次已评分对话的 { $share }）。
faults-part-environment = { $name }：{ $failed } 次失败中有 { $n } 次由环境造成（占 { $scored } 次已评分对话的 { $share }）。
faults-part-grader = { $name }：{ $failed } 次失败中有 { $n } 次评分存疑（占 { $scored } 次已评分对话的 { $share }）。
faults-part-unjudged = { $name }：{ $failed } 次失败中有 { $n } 次未判定（占 { $scored } 次已评分对话的 { $share }）。

# 图中文字。
faults-user = 客户
faults-agent = 智能体
faults-environment = 环境
faults-grader = 评分
faults-not-judged = 未判定
faults-count = 失败 { $failed }/{ $scored }
faults-not-scored = { $n } 次未评分
faults-no-score = 尚无评分
faults-caption = 失败的对话占已评分对话的比例，按责任方划分；各条下方为次数。没有评分的对话在旁边单独计数，不计入任何条。

# 表格各列。
faults-column-failed = 失败的对话数
faults-column-share = 失败（占已评分的 %）
faults-column-user = 责任：客户
faults-column-agent = 责任：智能体
faults-column-environment = 责任：环境
faults-column-grader = 责任：评分
faults-column-unjudged = 责任：未判定
