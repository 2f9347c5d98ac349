# الجرعة والاستجابة: نسبة النجاح بحسب مستوى السمة، وتحتها المستوى المقيس.

level-0 = معدوم
level-1 = طفيف
level-2 = واضح
level-3 = قوي
level-4 = أقصى

# جملة الرسم الوحيدة.
response-nothing = لم يُقيَّم شيء بعد.
response-fell = كل درجة من «{ $name }» تخفض نسبة النجاح بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
response-fell-of = كل درجة من «{ $name }» تخفض نسبة النجاح بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks })، وهو أكبر خفض بين السمات التي تخفض النجاح بوضوح وعددها { $clear }.
response-rose = كل درجة من «{ $name }» ترفع نسبة النجاح بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
response-rose-of = كل درجة من «{ $name }» ترفع نسبة النجاح بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks })، وهو أكبر رفع بين السمات التي ترفع النجاح بوضوح وعددها { $clear }.
response-cannot-tell = لا يمكننا الجزم بما إذا كان مستوى «{ $name }» يغيّر نسبة النجاح: الفاصل يشمل انعدام التغيّر ({ $change } لكل درجة، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
response-cannot-tell-any = لا يمكننا الجزم بما إذا كان مستوى أي سمة يغيّر نسبة النجاح: كل فاصل يشمل انعدام التغيّر (أكبر ميل، «{ $name }»: { $change } لكل درجة، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
response-few = من المستوى «{ $first }» إلى المستوى «{ $last }» من «{ $name }» انتقلت نسبة النجاح من { $from } إلى { $to }؛ المهام أقل من أن تسمح باستنتاج المزيد ({ $tasks }).
response-one-level = شُغِّلت السمة «{ $name }» عند مستوى واحد فقط ({ $last }): نسبة النجاح { $to } ({ $tasks }).

# نقطة وميل بالكلمات.
response-point = { $name }، { $level }: نسبة النجاح { $rate } (فاصل الثقة ⁨95%⁩: { $own } بالمئة؛ { $tasks }).
response-point-few = { $name }، { $level }: نسبة النجاح { $rate } ({ $tasks }، وهي أقل من أن يُحسب لها فاصل).
response-point-nothing = { $name }، { $level }: لم يُقيَّم شيء بعد.
response-point-measured = { $point } المستوى المقيس { $measured } من 4 (فاصل الثقة ⁨95%⁩: { $own }).
response-point-measured-few = { $point } المستوى المقيس { $measured } من 4.
response-slope-of = { $name }: { $change } لكل درجة (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
response-slope-few = { $name }: { $change } لكل درجة ({ $tasks }).

# في الصورة.
response-success = نسبة النجاح
response-measured = المستوى المقيس (من 0 إلى 4)
response-slope = { $change } لكل درجة (فاصل الثقة ⁨95%⁩: { $range })
response-slope-no-interval = { $change } لكل درجة
response-no-slope = المهام أقل من أن يُحسب لها ميل
# علامة الاتجاه في أول السطر تبقيه من اليمين إلى اليسار.
response-entry = {"\u200F"}{ $name }: { $slope }
response-caption = نسبة النجاح عند كل مستوى مطلوب. الأشرطة: فاصل الثقة ⁨95%⁩. { $tasks }.
response-caption-between = نسبة النجاح عند كل مستوى مطلوب. الأشرطة: فاصل الثقة ⁨95%⁩. عدد المهام: { $between }.
response-caption-few = نسبة النجاح عند كل مستوى مطلوب. المهام أقل من أن تُحسب لها فواصل ثقة ({ $tasks }).
response-caption-measured = الخط الرمادي: عملاء يُظهرون المستوى المطلوب تمامًا.

# أعمدة الجدول.
response-column-level = المستوى المطلوب (من 0 إلى 4)
response-column-measured = المستوى المقيس (من 0 إلى 4)
response-column-measured-low = المستوى المقيس، الحد الأدنى لفاصل الثقة ⁨95%⁩
response-column-measured-high = المستوى المقيس، الحد الأعلى لفاصل الثقة ⁨95%⁩
response-column-slope = التغيّر لكل مستوى (نقاط مئوية)
response-column-slope-low = التغيّر لكل مستوى، الحد الأدنى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
response-column-slope-high = التغيّر لكل مستوى، الحد الأعلى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
response-column-slope-tasks = المهام ذات مستويين أو أكثر
