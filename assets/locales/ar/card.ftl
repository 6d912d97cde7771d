# بطاقة المنتج.

card-ingredients = المكونات: بمسح الرمز بالهاتف
card-carbon = البصمة الكربونية: { $grams } غ CO₂e
card-try = تجربة
card-done = إبقاء
card-save = حفظ
card-saved = محفوظ

## ما قد يعد به منتج؛ وكلمات المتجر تظهر كما هي

claim-vegan = نباتي
claim-refillable = قابل لإعادة التعبئة
claim-fragrance-free = خالٍ من العطور
claim-waterproof = مضاد للماء
claim-recycled-packaging = عبوة معاد تدويرها
claim-reusable = قابل لإعادة الاستخدام
