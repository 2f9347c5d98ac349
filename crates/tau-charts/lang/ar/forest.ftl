# رسم النقاط والرسم الغابي: النجاح أو الجهد في كل حالة، وتغيّره عن خط الأساس.

# بدايات الجمل التالية ونهاياتها.
forest-under = في الحالة «{ $name }»
forest-baseline = { $named ->
    [yes] في الحالة «{ $baseline }»
   *[no] بلا سمات
}
forest-against = { $named ->
    [yes] {" "}مقارنةً بالحالة «{ $baseline }»
   *[no] {""}
}
forest-among-drops = { $clear ->
    [1] {""}
   *[other] ، وهو أكبر الانخفاضات الواضحة وعددها { $clear }
}
forest-among-rises = { $clear ->
    [1] {""}
   *[other] ، وهو أكبر الارتفاعات الواضحة وعددها { $clear }
}
forest-too-few = { $tasks-few ->
    [one] مهمة واحدة لا تكفي لاستنتاج المزيد.
    [two] مهمتان لا تكفيان لاستنتاج المزيد.
    [few] { $tasks-few } مهام لا تكفي لاستنتاج المزيد.
    [many] { $tasks-few } مهمة لا تكفي لاستنتاج المزيد.
   *[other] { $tasks-few } مهمة لا تكفي لاستنتاج المزيد.
}
forest-design = { $tasks }، { $attempts } لكل مهمة
forest-tasks-between = عدد المهام { $low } إلى { $high }

# جملة الرسم الوحيدة.
forest-nothing = لم يُقيَّم شيء بعد.
forest-not-shown = لم يُظهر عملاء «{ $name }» السمة، فلا يدل التغيّر على شيء بشأنها.
forest-fell = { forest-under } انخفضت نسبة النجاح بمقدار { $points }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-drops }.
forest-rose = { forest-under } ارتفعت نسبة النجاح بمقدار { $points }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-rises }.
forest-unchanged = { forest-under } لم تتغيّر نسبة النجاح تغيّرًا يُعتدّ به{ forest-against }: لا يبتعد الفاصل عن انعدام التغيّر بأكثر من { $margin } ({ $design }).
forest-unchanged-all = لم تغيّر أي سمة نسبة النجاح تغيّرًا يُعتدّ به{ forest-against }: لا يبتعد أي فاصل عن انعدام التغيّر بأكثر من { $margin }.
forest-cannot-tell = لا يمكننا الجزم بما إذا كانت الحالة «{ $name }» تغيّر نسبة النجاح{ forest-against }: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
forest-cannot-tell-any = لا يمكننا الجزم بما إذا كانت أي سمة تغيّر نسبة النجاح{ forest-against }: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
forest-few = { forest-under } نجحت { $passed } من المحادثات البالغ عددها { $scored }، و{ forest-baseline } { $baseline-passed } من { $baseline-scored }؛ { forest-too-few }
forest-alone = { $condition ->
    [baseline] نجح الوكيل في { $rate } من المحادثات (فاصل الثقة ⁨95%⁩: { $range }؛ قُيِّمت { $conversations }).
   *[other] في الحالة «{ $name }» نجح الوكيل في { $rate } من المحادثات (فاصل الثقة ⁨95%⁩: { $range }؛ قُيِّمت { $conversations }).
}
forest-alone-few = { $condition ->
    [baseline] قُيِّمت { $conversations }، ونجح الوكيل في { $passed }.
   *[other] في الحالة «{ $name }» قُيِّمت { $conversations }، ونجح الوكيل في { $passed }.
}

# الجملة حين يُقاس الجهد.
forest-among-increases = { $clear ->
    [1] {""}
   *[other] ، وهي أكبر الزيادات الواضحة وعددها { $clear }
}
forest-among-decreases = { $clear ->
    [1] {""}
   *[other] ، وهو أكبر الانخفاضات الواضحة وعددها { $clear }
}
forest-more = { $measure ->
    [turns] { forest-under } زاد عدد أدوار المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-increases }.
    [tool_calls] { forest-under } زاد عدد استدعاءات الوكيل للأدوات في المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-increases }.
    [cost] { forest-under } زادت تكلفة المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-increases }.
   *[seconds] { forest-under } زادت مدة المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-increases }.
}
forest-less = { $measure ->
    [turns] { forest-under } انخفض عدد أدوار المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-decreases }.
    [tool_calls] { forest-under } انخفض عدد استدعاءات الوكيل للأدوات في المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-decreases }.
    [cost] { forest-under } انخفضت تكلفة المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-decreases }.
   *[seconds] { forest-under } انخفضت مدة المحادثة الواحدة بمقدار { $size }{ forest-against } (فاصل الثقة ⁨95%⁩: { $range }؛ { $design }){ forest-among-decreases }.
}
forest-effort-cannot-tell = { $measure ->
    [turns] لا يمكننا الجزم بما إذا كانت الحالة «{ $name }» تغيّر عدد أدوار المحادثة{ forest-against }: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
    [tool_calls] لا يمكننا الجزم بما إذا كانت الحالة «{ $name }» تغيّر عدد استدعاءات الأدوات في المحادثة{ forest-against }: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
    [cost] لا يمكننا الجزم بما إذا كانت الحالة «{ $name }» تغيّر تكلفة المحادثة{ forest-against }: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
   *[seconds] لا يمكننا الجزم بما إذا كانت الحالة «{ $name }» تغيّر مدة المحادثة{ forest-against }: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
}
forest-effort-cannot-tell-any = { $measure ->
    [turns] لا يمكننا الجزم بما إذا كانت أي سمة تغيّر عدد أدوار المحادثة{ forest-against }: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
    [tool_calls] لا يمكننا الجزم بما إذا كانت أي سمة تغيّر عدد استدعاءات الأدوات في المحادثة{ forest-against }: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
    [cost] لا يمكننا الجزم بما إذا كانت أي سمة تغيّر تكلفة المحادثة{ forest-against }: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
   *[seconds] لا يمكننا الجزم بما إذا كانت أي سمة تغيّر مدة المحادثة{ forest-against }: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $design }).
}
forest-effort-few = { $measure ->
    [turns] { forest-under } بلغ متوسط أدوار المحادثة { $rate }، و{ forest-baseline } { $baseline-rate }؛ { forest-too-few }
    [tool_calls] { forest-under } بلغ متوسط استدعاءات الأدوات في المحادثة { $rate }، و{ forest-baseline } { $baseline-rate }؛ { forest-too-few }
    [cost] { forest-under } بلغ متوسط تكلفة المحادثة { $rate }، و{ forest-baseline } { $baseline-rate }؛ { forest-too-few }
   *[seconds] { forest-under } بلغ متوسط مدة المحادثة { $rate }، و{ forest-baseline } { $baseline-rate }؛ { forest-too-few }
}
forest-effort-alone = { $measure ->
    [turns] بلغ متوسط أدوار المحادثة { $rate } ({ $conversations }).
    [tool_calls] بلغ متوسط استدعاءات الأدوات في المحادثة { $rate } ({ $conversations }).
    [cost] بلغ متوسط تكلفة المحادثة { $rate } ({ $conversations }).
   *[seconds] بلغ متوسط مدة المحادثة { $rate } ({ $conversations }).
}

# صف بالكلمات.
forest-row = { $name }: { forest-amount } مقابل { $baseline-rate } { forest-baseline }، { forest-way } ({ forest-interval })؛ { $verdict }؛ { $tasks }؛ { forest-scored }.
forest-row-alone = { $name }: { forest-amount }؛ { forest-scored }.
forest-row-nothing = { $name }: لا شيء لعرضه بعد؛ { forest-scored }.
forest-row-not-shown = غير أن العملاء لم يُظهروا السمة.
forest-row-weak = غير أن العملاء لم يُظهروا السمة إلا إظهارًا ضعيفًا.
forest-amount = { $measure ->
    [success] نسبة النجاح { $rate }
    [turns] أدوار المحادثة الواحدة { $rate }
    [tool_calls] استدعاءات الأدوات في المحادثة الواحدة { $rate }
   *[other] للمحادثة الواحدة { $rate }
}
forest-way = { $way ->
    [same] دون فرق
    [lower] أقل بمقدار { $size }
   *[higher] أعلى بمقدار { $size }
}
forest-interval = { $interval ->
    [yes] فاصل الثقة ⁨95%⁩: { $range }
   *[no] المهام أقل من أن يُحسب لها فاصل
}
forest-scored = { $measure ->
    [success] المحادثات المقيَّمة { $scored } من { $planned }
   *[other] المحادثات المقيسة { $scored } من { $planned }
}

# في الصورة.
forest-level = { $measure ->
    [success] نسبة النجاح
    [turns] الأدوار في المحادثة
    [tool_calls] استدعاءات الأدوات في المحادثة
    [cost] تكلفة المحادثة
   *[seconds] مدة المحادثة
}
forest-change = { $unit ->
    [success] التغيّر بالنقاط المئوية
    [turns] التغيّر في عدد الأدوار
    [tool_calls] التغيّر في عدد استدعاءات الأدوات
    [cost] التغيّر بالدولار الأمريكي
    [minutes] التغيّر بالدقائق
   *[seconds] التغيّر بالثواني
}
forest-figures = التغيّر (فاصل الثقة ⁨95%⁩)
forest-left = { $measure ->
    [success] أسوأ
   *[other] أقل
}
forest-right = { $measure ->
    [success] أفضل
   *[other] أكثر
}
forest-no-clear-change = لا تغيّر واضح
forest-no-change = لا تغيّر
forest-not-scored = لم تُقيَّم بعد
forest-too-few-to-tell = المهام أقل من أن تسمح بالحكم
forest-baseline-level = { $measure ->
    [success] نسبة النجاح { $rate }
    [turns] الأدوار { $rate }
    [tool_calls] استدعاءات الأدوات { $rate }
   *[other] { $rate }
}
forest-verdict-more = أكثر
forest-verdict-less = أقل
forest-part-scored = { $measure ->
    [success] المقيَّم { $scored } من { $planned }
   *[other] المقيس { $scored } من { $planned }
}
forest-caption = { $design }؛ المقارنة مهمةً بمهمة. الخطوط في الجهة اليمنى: فاصل الثقة ⁨95%⁩؛ العلامات المملوءة: الصفر خارج الفاصل.
forest-caption-few = { $design }؛ المقارنة مهمةً بمهمة. المهام أقل من أن تُحسب لها فواصل ثقة.

# أعمدة الجدول.
forest-column-id = المعرّف
forest-column-name = الحالة
forest-column-planned = المحادثات المخطَّطة
forest-column-scored = { $measure ->
    [success] المحادثات المقيَّمة
   *[other] المحادثات المقيسة
}
forest-column-passed = المحادثات الناجحة
forest-column-tasks = المهام المقارَنة
forest-column-level = { $measure ->
    [success] نسبة النجاح (%)
    [turns] الأدوار في المحادثة
    [tool_calls] استدعاءات الأدوات في المحادثة
    [cost] تكلفة المحادثة (دولار أمريكي)
   *[seconds] مدة المحادثة (ثانية)
}
forest-column-baseline = { $measure ->
    [success] نسبة النجاح { forest-baseline } (%)
    [turns] الأدوار { forest-baseline }
    [tool_calls] استدعاءات الأدوات { forest-baseline }
    [cost] التكلفة { forest-baseline } (دولار أمريكي)
   *[seconds] المدة { forest-baseline } (ثانية)
}
forest-column-change = { $measure ->
    [success] التغيّر (نقاط مئوية)
    [turns] التغيّر (أدوار)
    [tool_calls] التغيّر (استدعاءات أدوات)
    [cost] التغيّر (دولار أمريكي)
   *[seconds] التغيّر (ثانية)
}
forest-column-low = { $measure ->
    [success] الحد الأدنى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
    [turns] الحد الأدنى لفاصل الثقة ⁨95%⁩ (أدوار)
    [tool_calls] الحد الأدنى لفاصل الثقة ⁨95%⁩ (استدعاءات أدوات)
    [cost] الحد الأدنى لفاصل الثقة ⁨95%⁩ (دولار أمريكي)
   *[seconds] الحد الأدنى لفاصل الثقة ⁨95%⁩ (ثانية)
}
forest-column-high = { $measure ->
    [success] الحد الأعلى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
    [turns] الحد الأعلى لفاصل الثقة ⁨95%⁩ (أدوار)
    [tool_calls] الحد الأعلى لفاصل الثقة ⁨95%⁩ (استدعاءات أدوات)
    [cost] الحد الأعلى لفاصل الثقة ⁨95%⁩ (دولار أمريكي)
   *[seconds] الحد الأعلى لفاصل الثقة ⁨95%⁩ (ثانية)
}
forest-column-verdict = الحكم
forest-column-trait = السمة
