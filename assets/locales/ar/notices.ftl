# كلمات قصيرة تظهر فوق الصورة ثم تختفي: ما حدث للتو أو ما تعذّر.

## مسح رمز

scan-unknown = هذا الرمز غير معروف في هذا المتجر.
# $about: اسم المنتج. ينتظر إلى أن يُختار وجه.
scan-waiting = المنتج { $about } جاهز. يمكنك اختيار طريقة التجربة.
scan-look = الإطلالة التي مُسح رمزها جاهزة.

## الوجوه والكاميرا

models-unreadable = تعذّر عرض هذا الوجه. يرجى اختيار وجه آخر.
mirror-camera-missing = لم يُعثر على كاميرا. هذا عرض توضيحي بدلًا منها.
mirror-camera-busy = الكاميرا مستخدمة في مكان آخر. هذا عرض توضيحي بدلًا منها.
mirror-camera-lost = توقفت الكاميرا. هذا عرض توضيحي بدلًا منها.
mirror-camera-off = الكاميرا مطفأة. هذا عرض توضيحي بدلًا منها.

## الورق

takehome-printed = أُرسلت إطلالتك إلى الطابعة.
takehome-print-failed = تعذّرت طباعة إطلالتك. يرجى سؤال فريق المتجر.
takehome-print-title = إطلالتك
takehome-print-hint = بمسح الرمز تعود هذه الإطلالة

## للمتجر

merchant-saved = حُفظ باسم { $about }
merchant-not-saved = لم يُحفظ: { $about }
merchant-file-error = ملف لا يمكن استخدامه: { $about }
