# منحنيات الجرعة: أثر تحريك مؤشر السمة في كل صوت، المقيس مقابل المطلوب.

dose-nothing = { $name }: لم يُقَس شيء بعد.
# الجملة الواحدة حين تتعدد المنحنيات.
dose-all-rise = { $name }: في كل المنحنيات، وعددها { $all }، زاد المقيس مع كل زيادة في المطلوب.
dose-some-rise = { $name }: في { $rising } من المنحنيات البالغ عددها { $all } زاد المقيس مع كل زيادة في المطلوب.
dose-none-rises = { $name }: ليس بين المنحنيات، وعددها { $all }، منحنى زاد فيه المقيس مع كل زيادة في المطلوب.

# منحنى بالكلمات، بعد اسمه.
# علامة الاتجاه في أول السطر تبقيه من اليمين إلى اليسار.
dose-voice = {"\u200F"}{ $name }: { $sentence }
dose-voice-nothing = لم يُقَس شيء بعد.
dose-levels-rise = من المستوى { $first } عند «{ $from }» إلى المستوى { $last } عند «{ $to }»؛ زاد المقيس مع كل زيادة في المطلوب.
dose-levels-mixed = من المستوى { $first } عند «{ $from }» إلى المستوى { $last } عند «{ $to }»؛ لم يزد المقيس في كل خطوة عن سابقتها.
dose-contrasts-rise = من { $first } عند «{ $from }» إلى { $last } عند «{ $to }»؛ زاد المقيس مع كل زيادة في المطلوب.
dose-contrasts-mixed = من { $first } عند «{ $from }» إلى { $last } عند «{ $to }»؛ لم يزد المقيس في كل خطوة عن سابقتها.
dose-point = { $name }، { $level }: المقيس { $measured } (فاصل الثقة ⁨95%⁩: { $range }).
dose-point-alone = { $name }، { $level }: المقيس { $measured }.

# في الصورة.
dose-level-measured = المستوى المقيس
dose-contrast-measured = التباين المقيس (نات لكل رمز)
dose-level-asked = المستوى المطلوب
dose-caption-intervals = الخطوط المارة بالعلامات: فاصل الثقة ⁨95%⁩.
dose-caption-identity = الخط الرمادي: المطلوب تمامًا.

# أعمدة الجدول.
dose-column-voice = الصوت
dose-column-level = المستوى المطلوب (من 0 إلى 4)
dose-column-measured = المقيس
dose-column-low = المقيس، الحد الأدنى لفاصل الثقة ⁨95%⁩
dose-column-high = المقيس، الحد الأعلى لفاصل الثقة ⁨95%⁩
dose-column-unit = وحدة القياس
dose-unit-level = مستويات (من 0 إلى 4)
dose-unit-contrast = نات لكل رمز
