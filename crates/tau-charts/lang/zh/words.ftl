# 多种图表共用的词语。
range = { $low } 至 { $high }
tasks = { $n } 个任务
attempts = { $n } 次尝试
conversations = { $n } 次对话
points = { $size } 个百分点
verdict-worse = 更差
verdict-better = 更好
verdict-no-meaningful-change = 无实质变化
verdict-cannot-tell = 无法判断
shown-weak = 特质表现较弱
shown-cannot-tell = 特质未经核实
shown-not-shown = 未表现出特质
practice = 练习，并非真实模型。
without-traits = 无特质
success = 成功率
shown-shown = 已表现出特质
no-name = （未命名）
