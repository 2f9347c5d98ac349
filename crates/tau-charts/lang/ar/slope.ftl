# رسم الميل: نسبة النجاح في إصدارين من وكيل، وخط لكل حالة.

slope-where = { $condition ->
    [baseline] من «{ $left }» إلى «{ $right }» نسبة النجاح بلا سمات
   *[other] من «{ $left }» إلى «{ $right }» نسبة النجاح في الحالة «{ $name }»
}
slope-among-drops = { $clear ->
    [1] {""}
   *[other] ، وهو أكبر الانخفاضات الواضحة وعددها { $clear }
}
slope-among-rises = { $clear ->
    [1] {""}
   *[other] ، وهو أكبر الارتفاعات الواضحة وعددها { $clear }
}

# جملة الرسم الوحيدة.
slope-nothing = ليس بين الإصدارين مهمة مشتركة مقيَّمة بعد.
slope-fell = { $condition ->
    [baseline] من «{ $left }» إلى «{ $right }» انخفضت نسبة النجاح بلا سمات بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }){ slope-among-drops }.
   *[other] من «{ $left }» إلى «{ $right }» انخفضت نسبة النجاح في الحالة «{ $name }» بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }){ slope-among-drops }.
}
slope-rose = { $condition ->
    [baseline] من «{ $left }» إلى «{ $right }» ارتفعت نسبة النجاح بلا سمات بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }){ slope-among-rises }.
   *[other] من «{ $left }» إلى «{ $right }» ارتفعت نسبة النجاح في الحالة «{ $name }» بمقدار { $points } (فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }){ slope-among-rises }.
}
slope-unchanged = { $condition ->
    [baseline] من «{ $left }» إلى «{ $right }» لم تتغيّر نسبة النجاح بلا سمات تغيّرًا يُعتدّ به ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
   *[other] من «{ $left }» إلى «{ $right }» لم تتغيّر نسبة النجاح في الحالة «{ $name }» تغيّرًا يُعتدّ به ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
}
slope-unchanged-all = من «{ $left }» إلى «{ $right }» لم تتغيّر نسبة النجاح تغيّرًا يُعتدّ به في أي من الحالات (عددها { $conditions }).
slope-cannot-tell = { $condition ->
    [baseline] لا يمكننا الجزم بما إذا كانت نسبة النجاح بلا سمات قد تغيّرت من «{ $left }» إلى «{ $right }»: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
   *[other] لا يمكننا الجزم بما إذا كانت نسبة النجاح في الحالة «{ $name }» قد تغيّرت من «{ $left }» إلى «{ $right }»: الفاصل يشمل انعدام التغيّر ({ $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
}
slope-cannot-tell-any = { $condition ->
    [baseline] لا يمكننا الجزم بما إذا كانت نسبة النجاح قد تغيّرت من «{ $left }» إلى «{ $right }»: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، بلا سمات: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
   *[other] لا يمكننا الجزم بما إذا كانت نسبة النجاح قد تغيّرت من «{ $left }» إلى «{ $right }»: كل فاصل يشمل انعدام التغيّر (أكبر تغيّر، «{ $name }»: { $change }، فاصل الثقة ⁨95%⁩: { $range }؛ { $tasks }).
}
# دون عشر مهام.
slope-few = من «{ $left }» إلى «{ $right }» انتقلت نسبة النجاح { $condition ->
    [baseline] بلا سمات
   *[other] في الحالة «{ $name }»
} من { $before } إلى { $after }؛ { $n ->
    [one] مهمة واحدة لا تكفي لاستنتاج المزيد.
    [two] مهمتان لا تكفيان لاستنتاج المزيد.
    [few] { $n } مهام لا تكفي لاستنتاج المزيد.
    [many] { $n } مهمة لا تكفي لاستنتاج المزيد.
   *[other] { $n } مهمة لا تكفي لاستنتاج المزيد.
}

# حالة بالكلمات.
slope-before = { $former ->
    [yes] نسبة النجاح { $before } في «{ $left }» (فاصل الثقة ⁨95%⁩: { $before-range })
   *[no] نسبة النجاح { $before } في «{ $left }»
}
slope-after = { $latter ->
    [yes] { $after } في «{ $right }» (فاصل الثقة ⁨95%⁩: { $after-range })
   *[no] { $after } في «{ $right }»
}
slope-way = { $way ->
    [same] دون فرق
    [lower] أقل بمقدار { $points }
   *[higher] أعلى بمقدار { $points }
}
slope-row = { $between ->
    [yes] { $name }: { slope-before }، و{ slope-after }، { slope-way } (فاصل الثقة ⁨95%⁩: { $range })؛ { $verdict }؛ { $tasks }.
   *[no] { $name }: { slope-before }، و{ slope-after }، { slope-way } (المهام أقل من أن يُحسب لها فاصل)؛ { $tasks }.
}

# في الصورة.
slope-too-few = المهام أقل من أن تسمح بالحكم
slope-caption = مهام مقيَّمة في الإصدارين معًا ({ $tasks })، والمقارنة مهمةً بمهمة. العلامات المملوءة في الجهة اليمنى: الصفر خارج فاصل الثقة ⁨95%⁩ للتغيّر.
slope-caption-few = مهام مقيَّمة في الإصدارين معًا ({ $tasks })، والمقارنة مهمةً بمهمة. المهام أقل من أن تُحسب لها فواصل ثقة.
slope-caption-between = مهام مقيَّمة في الإصدارين معًا (عددها { $low } إلى { $high })، والمقارنة مهمةً بمهمة. العلامات المملوءة في الجهة اليمنى: الصفر خارج فاصل الثقة ⁨95%⁩ للتغيّر.
slope-caption-lines = الخطوط الرأسية: فاصل الثقة ⁨95%⁩ لكل نسبة.

# أعمدة الجدول.
slope-column-id = المعرّف
slope-column-name = الحالة
slope-column-tasks = المهام المقارَنة
slope-column-rate = نسبة النجاح، { $run } (%)
slope-column-rate-low = الحد الأدنى لفاصل الثقة ⁨95%⁩، { $run } (%)
slope-column-rate-high = الحد الأعلى لفاصل الثقة ⁨95%⁩، { $run } (%)
slope-column-change = التغيّر (نقاط مئوية)
slope-column-low = الحد الأدنى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
slope-column-high = الحد الأعلى لفاصل الثقة ⁨95%⁩ (نقاط مئوية)
slope-column-verdict = الحكم
