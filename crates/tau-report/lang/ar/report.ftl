# تقرير التشغيل ومصنَّفه.

report-of-a-run = تقرير تشغيل
made = حال التشغيل في { $date }. أُعِدّ بواسطة { $product }.
contents-of-run = { $tasks ->
    [zero] { $tasks } مهمة
    [one] مهمة واحدة
    [two] مهمتان
    [few] { $tasks } مهام
    [many] { $tasks } مهمة
   *[other] { $tasks } مهمة
}، { $conditions ->
    [zero] { $conditions } نوع من العملاء
    [one] نوع واحد من العملاء
    [two] نوعان من العملاء
    [few] { $conditions } أنواع من العملاء
    [many] { $conditions } نوعًا من العملاء
   *[other] { $conditions } نوع من العملاء
}
page = الصفحة { $page } من { $pages }

section-key-finding = النتيجة الرئيسة
section-question = السؤال
section-set-up = الإعداد
section-findings = النتائج
section-worst = محادثات تُقرأ أولًا
section-method = المنهج وحدوده
section-appendix = الملحق

question = { $known ->
    [no] ما مدى جودة أداء الوكيل لعمله في { $domain }، وهل يتوقف ذلك على من يحادثه؟
   *[yes] ما مدى جودة أداء الوكيل { $agent } لعمله في { $domain }، وهل يتوقف ذلك على من يحادثه؟
}
question-customers = { $known ->
    [no] أُجريت المهام نفسها مع كل نوع من أنواع العملاء الآتية:
   *[yes] أُجريت المهام نفسها مع كل نوع من أنواع العملاء الآتية، ويحاكيهم { $customer }:
}
question-alone = { $known ->
    [no] أُجريت المهام مع نوع واحد من العملاء: { $name }.
   *[yes] أُجريت المهام مع نوع واحد من العملاء، يحاكيهم { $customer }: { $name }.
}

fact-domain = المجال
fact-agent = الوكيل
fact-customer = العميل

practice-label = تدريب، وليس نموذجًا حقيقيًا: تبيّن الأرقام كيف يعمل البرنامج، ولا تدل على شيء بشأن أي وكيل.

table-results = نسبة النجاح بحسب نوع العملاء
figure = الشكل { $number }. { $title }
figure-n = حجم العينة (n): { $tasks ->
    [zero] { $tasks } مهمة
    [one] مهمة واحدة
    [two] مهمتان
    [few] { $tasks } مهام
    [many] { $tasks } مهمة
   *[other] { $tasks } مهمة
}، والمحادثات المقيَّمة { $scored } من { $planned }.
no-charts = لا شيء لرسمه بعد.
as-table = الأرقام في جدول
in-words = الشكل بالكلمات

column-condition = العملاء
column-scored = المقيَّم
column-success = نسبة النجاح (فاصل الثقة ⁨95%⁩)
column-change = التغيّر بالنقاط المئوية (فاصل الثقة ⁨95%⁩)
column-verdict = الحكم
column-p = p
column-tasks = المهام المقارَنة
column-left-out = المهام المستبعدة
column-broke = المهام المتراجعة
column-fixed = المهام المتحسّنة
column-same = المهام الباقية كما هي
column-pass-k = نجاح كل المحاولات، ⁨k = { $k }⁩ (فاصل الثقة ⁨95%⁩)
column-task = المهمة
column-title = العنوان
column-baseline = { $name }
column-with = في الحالة
column-succeeded = المحاولات الناجحة
column-fell = التغيّر بالنقاط المئوية
column-customers-shown = سمات العملاء

scored-of = { $scored } من { $planned }
not-scored = غير مقيَّم
estimate = { $estimate } ({ $range })
verdict-worse = أسوأ
verdict-better = أفضل
verdict-no-meaningful-change = لا تغيّر يُعتدّ به
verdict-cannot-tell = لا يمكن الجزم
shown-shown = ظاهرة
shown-weak = ضعيفة الظهور
shown-cannot-tell = لا يمكن الجزم
shown-not-shown = لم تظهر

worst-tasks = أكثر المهام تراجعًا
worst-tasks-lead = المهام مرتّبةً بحسب مقدار انخفاض نسبة النجاح مع أحد أنواع العملاء، مقارنةً بالحالة «{ $baseline }» في المهمة نفسها.
worst-tasks-alone = المهام مرتّبةً من الأقل نجاحًا.
worst-none = لم يقلّ نجاح أي مهمة عمّا هو في الحالة «{ $baseline }».
worst-none-alone = لم تُخفق أي محادثة.
worst-conversation = المهمة { $task } · { $condition } · المحاولة { $attempt }
worst-fault = المتسبّب: { $fault }
said-customer = العميل
said-agent = الوكيل
said-tool = الإجراء

method-unit = وحدة التحليل هي المهمة. محاولات المهمة الواحدة ليست مستقلة بعضها عن بعض، ولذلك تُحسب كل مهمة مرة واحدة، بنسبة محاولاتها الناجحة.
method-rate = نسبة النجاح هي المتوسط على المهام. وفاصل الثقة ⁨95%⁩ لها هو فاصل ويلسون محسوبًا بالعدد الفعّال للمحادثات، الذي يراعي تشابه محاولات المهمة نفسها.
method-difference = التغيّرات مقترنة: في كل مهمة تُطرح نسبة النجاح في الحالة «{ $baseline }» من نسبة النجاح مع العملاء الآخرين، وفاصل الثقة ⁨95%⁩ لمتوسط الفرق هو فاصل t على المهام (وفاصل نيوكومب حيث تغيّرت كل المهام بالقدر نفسه). ولا تُقارَن إلا المهام المقيَّمة في الجانبين.
method-few = إذا قلّ عدد المهام عن { $n } فلا تُعطى إلا الأعداد، بلا فواصل.
method-verdicts = يكون الحكم «أسوأ» أو «أفضل» حين يقع الفاصل كله في جهة واحدة من انعدام التغيّر، و«لا تغيّر يُعتدّ به» حين يشمل انعدام التغيّر ولا يبتعد عنه بأكثر من { $margin } من النقاط المئوية، و«لا يمكن الجزم» فيما عدا ذلك.
method-margin-changed = كان الهامش { $planned } عند التخطيط للتشغيل، ثم غُيِّر بعده إلى { $margin } (بالنقاط المئوية).
method-test = القيم الاحتمالية p من اختبار تباديل بقلب الإشارات على المهام بالبذرة { $seed } (أو من اختبار ماكنيمار الدقيق عند محاولة واحدة لكل مهمة)، مصحَّحةً لعدد المقارنات بطريقة هولم.
method-pass-k = «نجاح كل المحاولات» (⁨k = { $k }⁩) هو ⁨pass^{ $k }⁩: احتمال أن تنجح محاولات للمهمة نفسها عددها { $k } جميعها، محسوبًا على المهام التي قُيِّم فيها هذا العدد من المحاولات.
method-not-scored = المحادثات التي تعذّر إتمامها لأسباب تقنية لا تُحسب نجاحًا ولا إخفاقًا: لم تُقيَّم { $count ->
    [zero] { $count } محادثة
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
    [many] { $count } محادثة
   *[other] { $count } محادثة
} من أصل { $planned }.
method-open = عند إعداد هذا التقرير لم تكن قد انتهت { $count ->
    [zero] { $count } محادثة
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
    [many] { $count } محادثة
   *[other] { $count } محادثة
} من أصل { $planned }.
method-excluded = ما استبعده قارئ النتيجة: { $count ->
    [one] المهمة { $tasks }
    [two] مهمتان ({ $tasks })
    [few] { $count } مهام ({ $tasks })
    [many] { $count } مهمة ({ $tasks })
   *[other] { $count } مهمة ({ $tasks })
}.
method-left-out = ما استبعده قارئ النتيجة لأن الخطأ فيه من العميل: { $count ->
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $count } محادثات
    [many] { $count } محادثة
   *[other] { $count } محادثة
}.
method-customers = العملاء محاكَون. ولا تصدق الأرقام على البشر إلا بقدر ما تصدق المحاكاة؛ ويبيّن الملحق هل أظهر العملاء المحاكَون سماتهم.
method-independence = يُفترض أن محاولات المهمة مستقلة بعضها عن بعض متى عُلمت المهمة. ويُخلّ بذلك مزوّد يجيب عن الطلبات المكررة من مخزن لديه.
method-sample = تعدّ الفواصل المهام عيّنةً من العمل المعنيّ. ولا تدل على شيء بشأن أي عمل آخر.
method-effort = يُقاس النجاح بحالة السجلات في النهاية وبما كان يجب إبلاغه العميل، لا بمدى لطف المحادثة.

appendix-results = أرقام كل نوع من العملاء
appendix-fidelity = هل أظهر العملاء سماتهم؟
appendix-tasks = كل مهمة: المحاولات الناجحة من المقيَّمة
appendix-tasks-key = الأعمدة: { $columns }.
appendix-more = { $count ->
    [zero] ليس في المصنَّف مهام أخرى.
    [one] في المصنَّف مهمة أخرى.
    [two] في المصنَّف مهمتان أخريان.
    [few] في المصنَّف { $count } مهام أخرى.
    [many] في المصنَّف { $count } مهمة أخرى.
   *[other] في المصنَّف { $count } مهمة أخرى.
}
appendix-elsewhere = كل محادثة موجودة في المصنَّف، وكذلك، برسائلها كلها، في ملف محادثات هذا التشغيل (JSONL).

sheet-summary = الملخّص
sheet-conditions = العملاء
sheet-tasks = المهام
sheet-conversations = المحادثات
sheet-chart = الشكل { $number }
sheet-method = المنهج

book-passed = { $name }: الناجح
book-scored = { $name }: المقيَّم
book-condition-id = الحالة
book-attempt = المحاولة
book-outcome = النتيجة
book-reward = المكافأة
book-why = السبب
book-messages = الرسائل
book-tool-calls = استدعاءات الأدوات
book-steps = خطوات الوكيل
book-cost = التكلفة (دولار أمريكي)
book-seconds = المدة (ثانية)
book-fault = المتسبّب
book-tags = الوسوم
book-planned = المحادثات المخطَّطة
book-scored-count = المحادثات المقيَّمة
book-passed-count = المحادثات الناجحة
book-rate = نسبة النجاح (%)
book-rate-low = نسبة النجاح، الحد الأدنى لفاصل الثقة ⁨95%⁩ (%)
book-rate-high = نسبة النجاح، الحد الأعلى لفاصل الثقة ⁨95%⁩ (%)
book-baseline-rate = { $name } في المهام نفسها (%)
book-change = التغيّر (نقاط مئوية)
book-change-low = التغيّر، الحد الأدنى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
book-change-high = التغيّر، الحد الأعلى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
book-p = القيمة الاحتمالية p (هولم)
book-pass-k = نجاح كل المحاولات، ⁨k = { $k }⁩ (%)
book-drawn = البيانات المرسومة
book-for-chart = ما يعرضه الرسم المجاور
book-plus = { $name }: الفاصل إلى أعلى
book-minus = { $name }: الفاصل إلى أسفل
book-cut = مقتطع: تتسع الخلية لما لا يزيد على 32,767 حرفًا. والنص كاملًا في ملف المحادثات (JSONL).
book-rows-cut = { $count ->
    [zero] تتسع الورقة لكل الصفوف.
    [one] بقي صف آخر لا تتسع له الورقة.
    [two] بقي صفان آخران لا تتسع لهما الورقة.
    [few] بقيت { $count } صفوف أخرى لا تتسع لها الورقة.
    [many] بقي { $count } صفًا آخر لا تتسع له الورقة.
   *[other] بقي { $count } صف آخر لا تتسع له الورقة.
}

outcome-passed = ناجحة
outcome-failed = مخفقة
outcome-not-scored = غير مقيَّمة
outcome-pending = لم تُجرَ بعد
outcome-running = جارية

plot-points = النقاط المئوية
plot-success = نسبة النجاح (%)
plot-level = المستوى
plot-measured = المستوى المقيس
plot-contrast = التباين (نات لكل رمز)
plot-turns = الأدوار
plot-tool-calls = استدعاءات الأدوات
plot-dollars = دولار أمريكي
plot-seconds = ثوانٍ
plot-conversations = المحادثات
plot-tasks = المهام
plot-share = نسبة المحادثات (%)
plot-k = k
fault-user = العميل
fault-agent = الوكيل
fault-environment = البيئة
fault-grader = التقييم
fault-unjudged = دون حكم
