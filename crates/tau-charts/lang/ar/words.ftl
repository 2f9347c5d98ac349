# كلمات تستعملها عدة رسوم.
# حول 95% و k = 3 في كل الملفات علامتا عزل الاتجاه (U+2068 و U+2069)، كي لا تنقلب بين الحروف العربية.
range = { $low } إلى { $high }
tasks = { $n ->
    [zero] { $n } مهمة
    [one] مهمة واحدة
    [two] مهمتان
    [few] { $n } مهام
    [many] { $n } مهمة
   *[other] { $n } مهمة
}
attempts = { $n ->
    [zero] { $n } محاولة
    [one] محاولة واحدة
    [two] محاولتان
    [few] { $n } محاولات
    [many] { $n } محاولة
   *[other] { $n } محاولة
}
conversations = { $n ->
    [zero] { $n } محادثة
    [one] محادثة واحدة
    [two] محادثتان
    [few] { $n } محادثات
    [many] { $n } محادثة
   *[other] { $n } محادثة
}
# قد يحمل الرقم إشارة، فيبقى مكتوبًا دائمًا.
points = { $n ->
    [few] { $size } نقاط مئوية
   *[other] { $size } نقطة مئوية
}
verdict-worse = أسوأ
verdict-better = أفضل
verdict-no-meaningful-change = لا تغيّر يُعتدّ به
verdict-cannot-tell = لا يمكن الجزم
shown-weak = السمة ضعيفة الظهور
shown-cannot-tell = لم يُتحقَّق من ظهور السمة
shown-not-shown = السمة لم تظهر
practice = تدريب، وليس نموذجًا حقيقيًا.
without-traits = بلا سمات
success = نسبة النجاح
shown-shown = السمة ظاهرة
no-name = (بلا اسم)
