# لوحة المتجر نفسه.

merchant-title = للمتجر
merchant-end = إنهاء هذه الجلسة
# نصفا اللوحة.
merchant-shop = المتجر
merchant-screen = الشاشة

merchant-languages = اللغة
merchant-market = السوق
merchant-switches = على هذه الشاشة
merchant-catalogue = الكتالوج
merchant-timings = أزمنة المعالجة

merchant-models = النماذج والصور الخاصة
merchant-mirror = العودة إلى المرآة
merchant-screenshot = حفظ لقطة شاشة
merchant-sheet = حفظ كل الإطلالات

## تحت رقم: المعدود

merchant-products = { $count ->
    [zero] منتج
    [one] منتج
    [two] منتجان
    [few] منتجات
    [many] منتجًا
   *[other] منتج
  }
merchant-lines = { $count ->
    [zero] مجموعة
    [one] مجموعة
    [two] مجموعتان
    [few] مجموعات
    [many] مجموعة
   *[other] مجموعة
  }
merchant-looks = { $count ->
    [zero] إطلالة
    [one] إطلالة
    [two] إطلالتان
    [few] إطلالات
    [many] إطلالة
   *[other] إطلالة
  }
merchant-faces = { $count ->
    [zero] وجه
    [one] وجه
    [two] وجهان
    [few] وجوه
    [many] وجهًا
   *[other] وجه
  }
merchant-sound = كل الملفات سليمة

## جدول الأزمنة

merchant-stage = المرحلة
merchant-median = الوسيط
merchant-most = { 95 }٪
merchant-worst = الأسوأ
merchant-no-timings = لم يُقَس شيء بعد.

merchant-wrong-pin = رمز الموظفين غير صحيح.

# بجانب السوق، إذا كان المتجر يعدّ الموافقات.
merchant-agreed = { $count ->
    [zero] لم يوافق أحد اليوم
    [one] وافق شخص واحد اليوم
    [two] وافق شخصان اليوم
    [few] وافق { $count } أشخاص اليوم
    [many] وافق { $count } شخصًا اليوم
   *[other] وافق { $count } شخص اليوم
  }
