# لون البشرة كما يُقرأ من الصورة الحية، وكريمات الأساس المناسبة له.

shade-title = البحث عن درجتي
shade-about = تنظر المرآة بضع ثوانٍ إلى بشرة خديك وجبينك الخالية من المكياج، وترتّب كريمات الأساس في هذا المتجر بحسب مظهرها الحقيقي على هذه البشرة. لدقة أكبر، يُستحسن أولًا خلع النظارة وإزالة كريم الأساس.
shade-read = قراءة لون بشرتي
shade-again = قراءة من جديد
shade-looking = جارٍ قراءة لون بشرتك
shade-looking-about = يرجى النظر مباشرة إلى المرآة للحظة.
shade-still = يرجى الثبات
shade-used = المستخدَم: لون بشرتك في هذه الصورة فقط، ويزول بمغادرتك.
shade-suggest = اقتراح درجات لي
shade-off-title = الاقتراحات متوقفة
shade-off = لا تقرأ المرآة شيئًا من صورتك. لكريمات أساس تناسب بشرتك، يمكن تشغيل الاقتراحات.
shade-off-shop = لا يقدّم هذا المتجر اقتراحات من الصور. يمكن تجربة كل درجة في المرآة.

## ما يعيق القراءة، وما العمل

shade-too-dark = الضوء على وجهك ضعيف. يرجى الاقتراب من مصباح أو طلب مزيد من الضوء.
shade-too-bright = الضوء على وجهك قوي جدًا. يرجى التراجع قليلًا أو الابتعاد عن اتجاه المصباح.
shade-too-coloured = الضوء هنا ملوّن. يرجى الالتفات نحو ضوء أبيض أو ضوء النهار.
shade-too-few = تصعب رؤية خديك وجبينك. يرجى الاقتراب وإبعاد الشعر أو اليدين أو الكمامة.
shade-too-uneven = أحد جانبي وجهك أكثر إضاءة بكثير. يرجى الالتفات ليقع الضوء على الجانبين بالتساوي.
shade-too-odd = يرجى النظر مباشرة إلى المرآة، في ضوء أبيض متساوٍ.

shade-failed-dark = الضوء أضعف من أن يُعرف اللون
shade-failed-bright = الضوء أقوى من أن يُعرف اللون
shade-failed-coloured = الضوء ملوّن فلا يُعرف اللون
shade-failed-few = البشرة الظاهرة أقل من أن يُعرف لونها
shade-failed-uneven = الضوء غير متساوٍ فلا يُعرف اللون
shade-failed-odd = لا يُعرف اللون في هذا الضوء

## مكان الوقوف

shade-framing-nobody = يرجى الوقوف أمام المرآة
shade-framing-closer = يرجى الاقتراب قليلًا
shade-framing-back = يرجى التراجع قليلًا
shade-framing-right = قليلًا إلى اليمين
shade-framing-left = قليلًا إلى اليسار
shade-framing-lower = وجهك في أعلى الصورة: يرجى الانحناء أو إمالة المرآة
shade-framing-higher = وجهك في أسفل الصورة: يرجى الارتفاع أو إمالة المرآة

## ما وُجد

shade-done = درجاتك
# ما يقوله قارئ الشاشة عن قرص بلون البشرة.
shade-skin = لون بشرتك في هذه الصورة
shade-none = لا يبيع هذا المتجر كريم أساس للمطابقة.
# $steps فرق في السطوع على مقياس من 100.
shade-doubt-little = الضوء هنا معروف جيدًا: قُرئ سطوع بشرتك بدقة ± { $steps } من { 100 }.
shade-doubt-some = يترك هذا الضوء بعض الشك (± { $steps } من { 100 } في السطوع): قد تناسبك أكثر نصف درجة أفتح أو أغمق.
shade-doubt-much = لا تستطيع المرآة معرفة شدة هذا الضوء (± { $steps } من { 100 } في السطوع): قد تناسبك أكثر درجة أو درجتان أفتح أو أغمق.

# كم يقترب كريم الأساس من البشرة. $delta هو الفرق ΔE00.
shade-delta-unseen = تذوب في بشرتك: ΔE { $delta }
shade-delta-hair = بفارق شعرة: ΔE { $delta }
shade-delta-close = قريبة جدًا: ΔE { $delta }
shade-delta-near = قريبة: ΔE { $delta }
shade-delta-far = فرق ظاهر: ΔE { $delta }

# مدى التأكد من أن لا درجة أخرى في هذا المتجر أفضل بشكل ظاهر.
shade-sure-high = الأفضل بالتأكيد ({ $percent })
shade-sure-good = الأفضل على الأرجح ({ $percent })
shade-sure-some = ربما الأفضل ({ $percent })
shade-sure-low = ليست الأفضل غالبًا ({ $percent })

# بمَ تختلف عن البشرة الخالية من المكياج.
shade-same = بالعمق والدفء نفسهما
shade-lighter = أفتح
shade-darker = أغمق
shade-warmer = أدفأ
shade-cooler = أبرد
shade-lighter-warmer = أفتح وأدفأ
shade-lighter-cooler = أفتح وأبرد
shade-darker-warmer = أغمق وأدفأ
shade-darker-cooler = أغمق وأبرد

shade-wear = وضعها
shade-worn = على وجهك
shade-wear-spoken = وضع { $shade }
shade-jaw = تجربة { 1 } و{ 2 } و{ 3 } على فكي
shade-jaw-legend = على فكك، من اليسار إلى اليمين:
shade-jaw-one = { $number }: { $shade }
shade-earlier = مطابقات أفضل
shade-later = مطابقات أخرى
