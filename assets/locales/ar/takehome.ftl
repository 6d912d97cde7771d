# الإطلالة التي تؤخذ إلى البيت.

takehome-title = إطلالتك معك إلى البيت
takehome-scan = مسح الرمز لأخذ إطلالتك
takehome-scan-about = يكفي توجيه كاميرا هاتفك إلى الرمز. لا يحمل سوى المنتجات وكثافتها: لا صورة ولا اسم.
# الأمر نفسه بجانب رمز الصورة.
takehome-look = إطلالتك
takehome-look-about = المنتجات وكثافتها فقط: لا صورة ولا اسم.
takehome-code-spoken = رمز QR لإطلالتك
takehome-no-code = ليس في هذه الإطلالة ما يبيعه هذا المتجر، فلا رمز لها.
takehome-products = { $count ->
    [zero] لا منتجات
    [one] منتج واحد
    [two] منتجان
    [few] { $count } منتجات
    [many] { $count } منتجًا
   *[other] { $count } منتج
  }
takehome-total-spoken = المجموع { $total }
# طبقات من إطلالة لا يبيعها أي متجر.
takehome-unsold = { $count ->
    [zero] كل طبقات هذه الإطلالة تُباع هنا.
    [one] طبقة واحدة من هذه الإطلالة لا تُباع هنا، فلا تُحتسب.
    [two] طبقتان من هذه الإطلالة لا تُباعان هنا، فلا تُحتسبان.
    [few] { $count } طبقات من هذه الإطلالة لا تُباع هنا، فلا تُحتسب.
    [many] { $count } طبقة من هذه الإطلالة لا تُباع هنا، فلا تُحتسب.
   *[other] { $count } طبقة من هذه الإطلالة لا تُباع هنا، فلا تُحتسب.
  }

takehome-bare-title = لا مكياج على وجهك بعد
takehome-bare = بعد تجربة إطلالة أو درجة واحدة في المرآة، يمكنك أخذها معك إلى البيت.
takehome-to-mirror = إلى المرآة

## صورتها

takehome-photo-title = وصورتك أيضًا؟
takehome-photo-about = فقط إن طُلبت.
takehome-photo-add = إضافة صورتي
takehome-photo-how = كيف تصلك صورتك
# $minutes: المدة المتاحة لاستلامها.
takehome-photo-explained = تنتقل مباشرة إلى هاتفك عبر شبكة هذا المتجر نفسها، مرة واحدة. بعد ذلك، أو بعد { $minutes ->
    [zero] { $minutes } دقيقة
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $minutes } دقائق
    [many] { $minutes } دقيقة
   *[other] { $minutes } دقيقة
  }، تُحذف. أثناء انتقالها قد يراها آخرون على شبكة المتجر.
takehome-photo-offer = إتاحة صورتي
takehome-photo-no = لا، شكرًا
takehome-photo-preparing = جارٍ تجهيز صورتك…
takehome-photo-offered = صورتك بانتظارك
takehome-photo-offered-about = يمكن استلامها مرة واحدة، ثم تُحذف.
takehome-photo-withdraw = سحب الصورة
takehome-photo-scan = صورتك
# $time دقائق وثوانٍ، مثل 4:59.
takehome-photo-left = يلزم الاتصال بشبكة Wi-Fi للمتجر ثم مسح الرمز. تزول خلال { $time }.
takehome-photo-code-spoken = رمز QR لصورتك
takehome-photo-taken = صورتك على هاتفك
takehome-photo-taken-about = استُلمت مرة واحدة وحُذفت من هنا.
takehome-photo-broken = لم تصل صورتك كاملة
takehome-photo-broken-about = انقطع الاتصال فحُذفت الصورة هنا. يمكن إتاحتها من جديد.
takehome-photo-expired = انتهى وقت صورتك
takehome-photo-expired-about = لم يستلمها أحد فحُذفت هنا. يمكن إتاحتها من جديد.
takehome-photo-failed = لا يمكن إتاحة صورتك الآن
takehome-photo-failed-about = يرجى سؤال فريق المتجر. رمز إطلالتك يعمل على كل حال.

## الورق

takehome-print = طباعة إطلالتي
takehome-print-photo = طباعة مع صورتي
takehome-printing = جارٍ الطباعة…

## النهاية

takehome-done = انتهيت: محو كل شيء
takehome-done-spoken = انتهيت. محو صورتي وكل اختياراتي
