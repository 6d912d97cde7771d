# بطاقة المنتج.

card-ingredients = المكونات: بمسح الرمز بالهاتف
card-carbon = البصمة الكربونية: { $grams } غ CO₂e
card-try = تجربة
card-done = إبقاء
card-save = حفظ
card-saved = محفوظ
