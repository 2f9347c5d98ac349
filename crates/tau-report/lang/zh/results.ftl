# 运行数据旁的文字：备注、注意事项，以及不计客户责任时的结果。
# $name、$names、$one、$other：条件或运行的名称，按用户所写。

results-tasks = { $n } 个任务
results-conversations = { $n } 次对话

# 备注。
note-open = { $total } 次对话中有 { $n } 次尚未结束。
note-fell-out = { $name }：{ results-tasks }因有一侧没有评分而未纳入比较。
note-no-intervals = 不足 { $least } 个任务时不给出区间。
note-p-values = { $test ->
    [mcnemar] { $n ->
        [1] p 值：McNemar 精确检验。
       *[other] p 值：McNemar 精确检验，按 { $n } 项比较校正（Holm）。
    }
   *[sign-flip] { $n ->
        [1] p 值：任务层面的符号翻转检验。
       *[other] p 值：任务层面的符号翻转检验，按 { $n } 项比较校正（Holm）。
    }
}
note-practice = 练习，并非真实模型。
note-wording = 提示词采用 { $wording } 的措辞。

# 关于一次运行的注意事项。
caution-few-tasks = 只有 { $n } 个任务有评分：仅给出计数，不给出区间和结论。要进行比较，请运行 { $least } 个或更多任务。
caution-stopped = 运行在结束前被停止：{ $total } 次对话中有 { $open } 次没有进行。因所见结果而停止的运行，会夸大效应。
caution-not-scored = { $total } 次对话中有 { $n } 次未评分：这些对话未能完成，既不算成功，也不算失败。
caution-reply-cache = { $total } 条回复中有 { $cached } 条取自以前回复的缓存。它们重复已经说过的话，不是新的证据；费用和时间只属于其余回复。
caution-reply-cache-attempts = { $total } 条回复中有 { $cached } 条取自以前回复的缓存。这些尝试重复了以前的尝试，不能作为智能体是否稳定的新证据；费用和时间只属于其余回复。
caution-excluded = 运行后排除了 { $n } 个任务：{ $tasks }。
caution-margin = 界值在运行后由 { $planned } 个百分点改为 { $margin } 个百分点。
caution-baseline = 各条件与“{ $name }”比较，而不是与无特质的客户比较。
caution-left-out = 运行后排除了 { $n } 次因客户责任而失败的对话。
caution-trait-not-shown = “{ $name }”的客户没有表现出该特质，因此这一变化不能说明该特质的影响。
caution-trait-weak = “{ $name }”的客户表现出的特质较弱。

# 关于所比较的多次运行的注意事项。$which：“gpt-4o（运行 1、运行 2）; steer（运行 3）”。
caution-which = { $value }（{ $runs }）
caution-customer-model = 各次运行的客户不同：{ $which }。运行之间的差异可能由此而来。
caution-customer-strategy = 各次运行生成客户的方式不同：{ $which }。运行之间的差异可能由此而来。
caution-prompts = 各次运行的提示词不同：{ $which }。运行之间的差异可能由此而来。
caution-grader = 各次运行的评分规则不同：{ $which }。它们之间不作比较。
caution-data = { $runs } 的领域内容不同。它们之间不作比较。
caution-temperature = 各智能体的温度不同：{ $which }。运行之间的差异可能由此而来。
caution-steps = 各次运行允许的对话长度不同，智能体步数上限为：{ $which }。运行之间的差异可能由此而来。
caution-set-up = 各次运行的“{ $what }”不同：{ $which }。运行之间的差异可能由此而来。
caution-tasks = 各次运行的任务集不同：{ $which }。只比较双方共有的任务。

# 不计客户责任时的结果。$sentence：该结果的一句话结论，是完整的句子。
sensitivity-without = 不计责任在客户的 { $n } 次对话：{ $sentence }
sensitivity-with = 计入已排除的、责任在客户的 { $n } 次对话：{ $sentence }
