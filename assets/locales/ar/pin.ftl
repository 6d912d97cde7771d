# يكتب الموظفون رمز المتجر السري.

pin-title = رمز الموظفين
pin-erase = حذف آخر رقم
# لقارئ الشاشة.
pin-typed = { $count ->
    [zero] لم يُكتب أي رقم
    [one] كُتب رقم واحد
    [two] كُتب رقمان
    [few] كُتبت { $count } أرقام
    [many] كُتب { $count } رقمًا
   *[other] كُتب { $count } رقم
  }
