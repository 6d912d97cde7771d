# ما تغيّر في الصورة المثبّتة.

changed-title = ما الذي تغيّر
changed-frozen = ما يظهر لك
changed-map = ما تغيّر، بالألوان
changed-counting = جارٍ عدّ البكسلات المتغيّرة…
# $part نسبة مئوية أو الرسالة التالية.
changed-part = غيّر المكياج { $part } من بكسلات هذه الصورة.
changed-under-one = أقل من { 1 }٪
changed-nothing = لم يتغيّر شيء في هذه الصورة.
changed-bit-for-bit = من دون منتجات، الصورة هي صورة الكاميرا نفسها، بتًّا ببت.
# $most فرق من أصل 255.
changed-differs = من دون منتجات، لا يختلف أي بكسل عن صورة الكاميرا بأكثر من { $most } من { 255 }.
changed-converted = ترسل هذه الكاميرا ألوانًا من نوعها الخاص. تُحوَّل إلى ألوان الشاشة، ولا يُفعل بها أي شيء آخر.

changed-layers = { $count ->
    [zero] لا طبقات على وجهك
    [one] على وجهك طبقة واحدة
    [two] على وجهك طبقتان
    [few] على وجهك { $count } طبقات
    [many] على وجهك { $count } طبقة
   *[other] على وجهك { $count } طبقة
  }
changed-bare = لا مكياج على وجهك

changed-else-title = لا يُمسّ أي شيء آخر
changed-else = لا تنعيم ولا تنحيف، ولا أسنان أكثر بياضًا ولا عيون أكبر. تبقى بشرتك بشرتك.
changed-picture-title = تبقى صورتك هنا
# ثوانٍ من دون أحد أمام المرآة.
changed-picture = هي في ذاكرة هذه المرآة فقط، وتُمحى عند انتهائك أو بعد { $seconds ->
    [zero] { $seconds } ثانية
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $seconds } ثوانٍ
    [many] { $seconds } ثانية
   *[other] { $seconds } ثانية
  } من مغادرتك.
changed-suggest-title = لماذا اقتُرحت درجة
changed-suggest-tone = من شيء واحد فقط: لون خديك وجبينك، وقد قُرئ عندما طلبت ذلك. لا عمرك ولا جنسك ولا هويتك.
changed-suggest-none = لم تُستخدم أي من بياناتك: لم يصدر عنك طلب لدرجتك.
changed-suggest-off = الاقتراحات متوقفة. لا تُستخدم أي من بياناتك.

## أين تقع الطبقة

changed-at-skin = على البشرة كلها
changed-at-under-eye = تحت العينين
changed-at-contour = تحت عظمتي الخدين وعلى امتداد الفك
changed-at-sun = حيث تلامس الشمس الوجه
changed-at-cheeks = على الخدين
changed-at-high-points = حيث ينعكس الضوء
changed-at-lids = على الجفنين
changed-at-outer-corner = عند الزاويتين الخارجيتين للعينين
changed-at-inner-corner = عند الزاويتين الداخليتين للعينين
changed-at-crease = في ثنية الجفنين
changed-at-brow-bone = تحت الحاجبين
changed-at-lash-line = على امتداد الرموش
changed-at-lower-lash = على امتداد الرموش السفلية
changed-at-brows = في الحاجبين
changed-at-irises = على القزحيتين
changed-at-lip-edge = على حافة الشفتين
changed-at-lip-centre = في وسط الشفتين
changed-at-lips = على الشفتين
changed-at-lashes = على الرموش
changed-at-jaw = على خط الفك
changed-at-spot = على مواضع متفرقة
