# المرآة: الوجه وكل ما يمكن وضعه عليه. الكلمات على أزرار صغيرة: لتكن قصيرة.

mirror-saved = المفضلة
mirror-take-home = أخذ الإطلالة
mirror-compare = مقارنة
mirror-my-shade = درجتي
mirror-changed = ما الذي تغيّر
mirror-clear = إزالة كل المكياج
mirror-before-after = قبل وبعد
mirror-before = قبل
mirror-after = بعد
# الخط بين قبل وبعد، وخطوات تحريكه.
mirror-wipe = حيث يبدأ المكياج
mirror-wipe-left = تحريك الخط إلى اليسار
mirror-wipe-right = تحريك الخط إلى اليمين
# شخص أمام المرآة، والعد من اليسار.
mirror-person = الشخص { $number }

## المنتجات

mirror-touch-a-shade = لمسة على أي درجة تُظهرها عليك.
# المربع الذي يزيل ما وُضع.
mirror-without = بدون
# تحت منتج من إطلالة لا يباع وحده.
mirror-own-recipe = جزء من هذه الإطلالة
mirror-card = عن هذا المنتج
mirror-save = حفظ هذا المنتج
mirror-compare-this = مقارنة هذه الدرجة بغيرها
mirror-less = أقل
mirror-more = أكثر
mirror-rail-back = عرض السابق
mirror-rail-on = عرض المزيد
mirror-nothing-saved = لمسة على القلب بجانب درجة تعجبك تحفظها هنا.

## إشعارات

mirror-full = هذا أقصى ما يحمله وجه واحد. يلزم أولًا إزالة شيء.
mirror-out-of-stock = نفدت كمية { $about } هنا اليوم. وما زالت التجربة ممكنة.

## كيفية الوقوف

mirror-framing-nobody = يرجى الاقتراب والنظر إلى المرآة
mirror-framing-closer = اقتراب بسيط من فضلك
mirror-framing-back = خطوة إلى الخلف من فضلك
mirror-framing-right = قليلًا إلى اليمين
mirror-framing-left = قليلًا إلى اليسار
mirror-framing-lower = قليلًا إلى الأسفل
mirror-framing-higher = قليلًا إلى الأعلى

## أثر الإضاءة في الألوان

mirror-light-coloured = الإضاءة هنا ملوّنة، فلا يمكن الوثوق بالألوان.
mirror-light-bright = الإضاءة هنا قوية جدًا، فلا يمكن الوثوق بالألوان.

## لماذا لا يظهر الوجه نفسه

mirror-demo-not-found = لم يُعثر على كاميرا. هذا عرض توضيحي.
mirror-demo-busy = الكاميرا مستخدمة في مكان آخر. هذا عرض توضيحي.
mirror-demo-lost = توقفت الكاميرا. هذا عرض توضيحي.
mirror-demo-frozen = صورة الكاميرا متوقفة. هذا عرض توضيحي.
mirror-demo-black = الكاميرا لا ترى إلا السواد. هذا عرض توضيحي.
mirror-demo-off = الكاميرا مطفأة. هذا عرض توضيحي.

## In the place of the picture while none comes

mirror-away-title = لحظة من فضلك
mirror-away-text = ستعود الصورة بعد قليل.
