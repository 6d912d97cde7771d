# أسماء وكلمات شائعة تستخدمها أكثر من شاشة. لتكن قصيرة: فهي تظهر على الأزرار وفي شريط الفئات.

## فئات المنتجات

category-foundation = كريم أساس
category-concealer = خافي العيوب
category-contour = كونتور
category-bronzer = برونزر
category-blush = أحمر خدود
category-highlighter = هايلايتر
category-eyeshadow = ظلال العيون
category-eyeliner = آيلاينر
category-brow = الحواجب
category-lens = عدسات لاصقة
category-lip-liner = محدد شفاه
category-lipstick = أحمر شفاه
category-lip-gloss = ملمع شفاه
category-mascara = ماسكارا
category-lashes = رموش صناعية

## اللمسة النهائية

finish-matte = مطفي
finish-satin = ساتان
finish-cream = كريمي
finish-gloss = لامع
finish-metallic = معدني
finish-shimmer = وميض ناعم
finish-glitter = غليتر
finish-sheer = شفاف

## أجزاء الوجه

part-face = الوجه
part-cheeks = الخدود
part-eyes = العيون
part-brows = الحواجب
part-lips = الشفاه

## كلمات الأزرار

word-yes = نعم
word-no = لا
word-ok = حسنًا
word-back = رجوع
word-next = التالي
word-close = إغلاق
word-done = تم
word-cancel = إلغاء
word-undo = تراجع
word-redo = إعادة
word-clear = مسح الكل
word-remove = إزالة
word-more = أكثر
word-less = أقل
word-on = تشغيل
word-off = إيقاف
word-none = بدون
word-all = الكل
word-language = اللغة
word-help = مساعدة
word-start-over = البدء من جديد

## كلمات المنتجات

word-brand = العلامة التجارية
word-shade = الدرجة
word-finish = اللمسة النهائية
word-amount = الكثافة
word-price = السعر
word-ingredients = المكونات
word-look = إطلالة
word-looks = إطلالات
word-favourites = المفضلة

stock-in = متوفر
stock-few = كمية محدودة
stock-out = غير متوفر حاليًا
shade-count = { $count ->
    [zero] لا توجد درجات
    [one] درجة واحدة
    [two] درجتان
    [few] { $count } درجات
    [many] { $count } درجة
   *[other] { $count } درجة
  }

## النغمة التحتية للبشرة وكريم الأساس

undertone-cool = باردة
undertone-neutral = محايدة
undertone-warm = دافئة
undertone-olive = زيتونية
