# 一次运行的报告和工作簿。
# 名称（$agent、$domain、$name 等）按用户所写填入。文本参数中的数字（$size、$rate 等）已按本语言写好。

report-of-a-run = 运行报告
made = 截至 { $date } 的运行情况。由 { $product } 生成。
contents-of-run = { $tasks } 个任务，{ $conditions } 类客户
page = 第 { $page } 页，共 { $pages } 页

section-key-finding = 主要发现
section-question = 问题
section-set-up = 设置
section-findings = 结果
section-worst = 建议先读的对话
section-method = 方法与局限
section-appendix = 附录

question = { $known ->
    [no] 智能体在“{ $domain }”领域的工作表现如何？其表现是否因对话的客户而异？
   *[yes] 智能体 { $agent } 在“{ $domain }”领域的工作表现如何？其表现是否因对话的客户而异？
}
question-customers = { $known ->
    [no] 同样的任务分别由以下各类客户参与完成：
   *[yes] 同样的任务分别由以下各类客户参与完成，客户由 { $customer } 模拟：
}
question-alone = { $known ->
    [no] 任务仅由一类客户参与完成：{ $name }。
   *[yes] 任务仅由一类客户参与完成，客户由 { $customer } 模拟：{ $name }。
}

fact-domain = 领域
fact-agent = 智能体
fact-customer = 客户

practice-label = 练习，并非真实模型：这些数字只展示程序如何工作，不能说明任何智能体的表现。

table-results = 各类客户下的成功率
figure = 图 { $number }：{ $title }
figure-n = n = { $tasks } 个任务，{ $planned } 次对话中已评分 { $scored } 次。
no-charts = 尚无可绘制的内容。
as-table = 图中数据（表格）
in-words = 图中内容（文字）

column-condition = 客户
column-scored = 已评分
column-success = 成功率（95% 置信区间）
column-change = 变化，百分点（95% 置信区间）
column-verdict = 结论
column-p = p
column-tasks = 参与比较的任务数
column-left-out = 未纳入比较的任务数
column-broke = 变差的任务数
column-fixed = 变好的任务数
column-same = 不变的任务数
column-pass-k = { $k } 次尝试全部成功（95% 置信区间）
column-task = 任务
column-title = 标题
column-baseline = { $name }
column-with = 条件
column-succeeded = 成功的尝试
column-fell = 变化（百分点）
column-customers-shown = 客户的特质

scored-of = { $scored }/{ $planned }
not-scored = 未评分
estimate = { $estimate }（{ $range }）
verdict-worse = 更差
verdict-better = 更好
verdict-no-meaningful-change = 无实质变化
verdict-cannot-tell = 无法判断
shown-shown = 已表现
shown-weak = 较弱
shown-cannot-tell = 无法判断
shown-not-shown = 未表现

worst-tasks = 变差最多的任务
worst-tasks-lead = 任务按成功率的降幅排列，即同一任务在某类客户下相对于“{ $baseline }”下降了多少。
worst-tasks-alone = 按成功次数由少到多排列的任务。
worst-none = 没有任务的成功率低于“{ $baseline }”下的成功率。
worst-none-alone = 没有失败的对话。
worst-conversation = 任务 { $task } · { $condition } · 第 { $attempt } 次尝试
worst-fault = 责任：{ $fault }
said-customer = 客户
said-agent = 智能体
said-tool = 操作

method-unit = 分析单位为任务。同一任务的多次尝试彼此不独立，因此每个任务只计一次，取其尝试的成功比例。
method-rate = 成功率为各任务的平均值。其 95% 置信区间为按有效对话数计算的 Wilson 区间，已考虑同一任务的多次尝试彼此相似。
method-difference = 变化按任务配对计算：对每个任务，用其他客户下的成功率减去“{ $baseline }”下的成功率；平均差值的 95% 置信区间为基于任务的 t 区间（若所有任务的变化相同，则为 Newcombe 区间）。只比较两侧均有评分的任务。
method-few = 不足 { $n } 个任务时，只给出计数，不给出区间。
method-verdicts = 整个区间位于零变化的一侧时，结论为“更差”或“更好”；区间包含零变化且都在其上下 { $margin } 个百分点以内时，结论为“无实质变化”；其余情况为“无法判断”。
method-margin-changed = 计划运行时的界值为 { $planned } 个百分点，之后改为 { $margin } 个百分点。
method-test = p 值来自基于任务的符号翻转置换检验，随机种子为 { $seed }（每个任务只有一次尝试时，采用 McNemar 精确检验），并按比较次数用 Holm 法校正。
method-pass-k = “{ $k } 次尝试全部成功”即 pass^{ $k }：同一任务的 { $k } 次尝试全部成功的概率，按已评分尝试达到该次数的任务计算。
method-not-scored = 因技术原因未能完成的对话既不算成功，也不算失败：{ $planned } 次对话中有 { $count } 次未评分。
method-open = 生成本文时，{ $planned } 次对话中有 { $count } 次尚未结束。
method-excluded = 由结果的查看者排除：{ $count } 个任务（{ $tasks }）。
method-left-out = 因责任在客户而由结果的查看者排除：{ $count } 次对话。
method-customers = 客户是模拟的。模拟在多大程度上符合真人，这些数字就在多大程度上适用于真人；模拟客户是否表现出其特质，见附录。
method-independence = 假定在任务给定时，同一任务的各次尝试相互独立。若服务商对重复的请求返回缓存的回答，这一假定便不成立。
method-sample = 区间将这些任务视为所关注工作的一个样本，不能说明其他工作的情况。
method-effort = 成功与否取决于结束时的记录状态以及客户必须获知的内容，而不取决于对话是否令人愉快。

appendix-results = 各类客户的全部数据
appendix-fidelity = 客户是否表现出其特质？
appendix-tasks = 全部任务：成功的尝试数/已评分的尝试数
appendix-tasks-key = 列：{ $columns }。
appendix-more = 另有 { $count } 个任务见工作簿。
appendix-elsewhere = 全部对话列于工作簿；含所有消息的完整对话见此次运行的对话文件（JSONL）。

sheet-summary = 摘要
sheet-conditions = 客户
sheet-tasks = 任务
sheet-conversations = 对话
sheet-chart = 图 { $number }
sheet-method = 方法

book-passed = { $name }：成功
book-scored = { $name }：已评分
book-condition-id = 条件
book-attempt = 尝试
book-outcome = 结果
book-reward = 奖励
book-why = 原因
book-messages = 消息数
book-tool-calls = 工具调用次数
book-steps = 智能体步数
book-cost = 费用（美元）
book-seconds = 用时（秒）
book-fault = 责任
book-tags = 标签
book-planned = 计划的对话数
book-scored-count = 已评分的对话数
book-passed-count = 成功的对话数
book-rate = 成功率（%）
book-rate-low = 成功率，95% 置信区间下限（%）
book-rate-high = 成功率，95% 置信区间上限（%）
book-baseline-rate = “{ $name }”在相同任务上的成功率（%）
book-change = 变化（百分点）
book-change-low = 变化，95% 置信区间下限（百分点）
book-change-high = 变化，95% 置信区间上限（百分点）
book-p = p（Holm）
book-pass-k = { $k } 次尝试全部成功（%）
book-drawn = 绘图数据
book-for-chart = 旁边图表所示的数据
book-plus = { $name }：区间上侧
book-minus = { $name }：区间下侧
book-cut = 已截断：一个单元格最多容纳 32,767 个字符。全文见对话文件（JSONL）。
book-rows-cut = 另有 { $count } 行超出工作表的容量。

outcome-passed = 成功
outcome-failed = 失败
outcome-not-scored = 未评分
outcome-pending = 尚未运行
outcome-running = 进行中

plot-points = 百分点
plot-success = 成功率（%）
plot-level = 级别
plot-measured = 测得的级别
plot-contrast = 对比值（nat/词元）
plot-turns = 轮数
plot-tool-calls = 工具调用次数
plot-dollars = 美元
plot-seconds = 秒
plot-conversations = 对话数
plot-tasks = 任务数
plot-share = 占对话的比例（%）
plot-k = k
fault-user = 客户
fault-agent = 智能体
fault-environment = 环境
fault-grader = 评分
fault-unjudged = 未判定
