# مَن المتسبّب في الإخفاقات: شريط مكدَّس لكل حالة.

# جملة الرسم الوحيدة.
faults-nothing = لم يُقيَّم شيء بعد.
faults-none-failed = لم تُخفق أي من المحادثات المقيَّمة ({ $scored }).
faults-unjudged = أخفقت { $failed } من المحادثات المقيَّمة البالغ عددها { $scored }؛ ولم يُحكم بعد في مَن المتسبّب.
faults-judged = أخفقت { $failed } من المحادثات المقيَّمة البالغ عددها { $scored }: تسبّب الوكيل في { $agent } منها، والعميل في { $user }، والبيئة في { $environment }؛ وتقييم { $grader } منها موضع شك، ولم يُحكم في { $unjudged }.
faults-judged-all = أخفقت { $failed } من المحادثات المقيَّمة البالغ عددها { $scored }: تسبّب الوكيل في { $agent } منها، والعميل في { $user }، والبيئة في { $environment }؛ وتقييم { $grader } منها موضع شك.

# حالة وجزء منها بالكلمات.
faults-row = { $name }: أخفقت { $failed } من المحادثات المقيَّمة البالغ عددها { $scored } ({ $share })؛ العميل { $user }، الوكيل { $agent }، البيئة { $environment }، التقييم { $grader }، دون حكم { $unjudged }؛ غير مقيَّمة: { $not-scored }.
faults-row-nothing = { $name }: لم يُقيَّم شيء بعد؛ غير مقيَّمة: { $not-scored }.
faults-part-user = { $name }: { $n } من الإخفاقات ({ $failed }) تسبّب فيها العميل ({ $share } من المحادثات المقيَّمة البالغ عددها { $scored }).
faults-part-agent = { $name }: { $n } من الإخفاقات ({ $failed }) تسبّب فيها الوكيل ({ $share } من المحادثات المقيَّمة البالغ عددها { $scored }).
faults-part-environment = { $name }: { $n } من الإخفاقات ({ $failed }) تسبّبت فيها البيئة ({ $share } من المحادثات المقيَّمة البالغ عددها { $scored }).
faults-part-grader = { $name }: { $n } من الإخفاقات ({ $failed }) تقييمها موضع شك ({ $share } من المحادثات المقيَّمة البالغ عددها { $scored }).
faults-part-unjudged = { $name }: { $n } من الإخفاقات ({ $failed }) لم يُحكم فيها ({ $share } من المحادثات المقيَّمة البالغ عددها { $scored }).

# في الصورة.
faults-user = العميل
faults-agent = الوكيل
faults-environment = البيئة
faults-grader = التقييم
faults-not-judged = دون حكم
faults-count = أخفقت { $failed } من { $scored }
faults-not-scored = غير مقيَّمة: { $n }
faults-no-score = لم يُقيَّم شيء بعد
faults-caption = نسبة المحادثات المخفقة من المقيَّمة بحسب المتسبّب؛ وتحت كل شريط الأعداد. المحادثات التي لا تقييم لها تُعَدّ جانبًا ولا تدخل في أي شريط.

# أعمدة الجدول.
faults-column-failed = المحادثات المخفقة
faults-column-share = المخفقة (% من المقيَّمة)
faults-column-user = المتسبّب: العميل
faults-column-agent = المتسبّب: الوكيل
faults-column-environment = المتسبّب: البيئة
faults-column-grader = المتسبّب: التقييم
faults-column-unjudged = المتسبّب: دون حكم
