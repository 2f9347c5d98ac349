# 图表标题，以及某个图表为何暂时无法绘制：说明应当怎么做的一句话。

title-forest-success = 各条件下的成功率
title-forest-turns = 每次对话的轮数
title-forest-tool_calls = 每次对话的工具调用次数
title-forest-cost = 每次对话的费用
title-forest-seconds = 每次对话的用时
title-pass_k = 多次尝试的可靠性（pass^k）
title-response = 成功率随特质级别的变化
title-dose = 特质的级别：要求的与测得的
title-flips = 变差与变好的任务
title-faults = 失败是谁的责任
title-tags = 失败中出了什么问题
title-heat-models = 各智能体的成功率变化
title-heat-domains = 各领域的成功率变化
title-slope = 从“{ $left }”到“{ $right }”
title-slope-two = 两个版本

missing-nothing-scored = 尚无评分。首批对话评分后即显示图表。
missing-comparison = 在基线之外再运行一类客户，即可看到变化。
missing-turns = 此次运行没有记录对话的轮数。
missing-tool_calls = 此次运行没有记录对话的工具调用次数。
missing-cost = 对话的费用未知。请填写所用模型的价格，下次运行即可算出费用。
missing-cost-nothing = 没有任何对话产生费用，因此没有可比较的内容。
missing-seconds = 此次运行没有记录对话的用时。
missing-pass_k = 将每个任务运行两次或更多次，即可看到所有尝试全部成功的频率。
missing-response = 运行某个特质的两个级别，即可看到成功率随级别的变化。
missing-dose = 运行带有特质的客户，即可看到要求的级别与测得的级别。
missing-no-failure = 没有失败的对话，因此没有责任可显示。
missing-tags = 请让模型判定失败，以了解出了什么问题。
missing-heat = 运行一个特质和一个基线，即可看到变化。
missing-models = 请选择两个或更多智能体的运行进行比较。
missing-domains = 请选择两个或更多领域的运行进行比较。
missing-slope-two = 请选择两次运行，一次较早，一次较晚。
missing-slope-domain = 请选择同一领域的两次运行：任务是逐个比较的。
missing-slope-data = 两次运行的领域内容不同，因此不作比较。请用当前内容重新运行较早的智能体。
missing-slope-grader = 两次运行的评分规则不同，因此不作比较。请重新运行较早的智能体。
missing-slope-conditions = 两次运行没有双方都有评分的共同条件。请在两次运行中使用相同类型的客户。

dose-traits = 特质
dose-by-markers = { $name }（按标记）
dose-by-directions = { $name }（按本地模型的方向）
dose-by-judge = { $name }（按评判模型）
