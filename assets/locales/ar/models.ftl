# وجوه للتجربة بدلًا من الوجه نفسه.

models-title = اختيار وجه قريب من وجهك
models-lede = يوضع المكياج على الوجه المختار. وتبقى الكاميرا مطفأة.
# تحت نموذج. $tone: من 1 (فاتح) إلى 10 (داكن).
models-tone = بشرة { $tone }
models-page = { $page } من { $pages }

## أسماء الوجوه المدمجة: معرّفها بعد models-name-

models-name-astronaut = رائدة فضاء
models-name-admiral = أميرال
models-name-portrait = بورتريه
