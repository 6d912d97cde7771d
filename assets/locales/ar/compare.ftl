# حتى أربع درجات على الوجه المثبّت نفسه.

compare-title = جنبًا إلى جنب
compare-about = صورتك نفسها بكل درجة
# ما يقوله قارئ الشاشة عن وجه عليه $shade.
compare-face = وجهك مع { $shade }
compare-wear = وضع هذه
compare-worn = هذه على وجهك
compare-wear-spoken = وضع { $shade } والعودة إلى المرآة
compare-empty = متسع لدرجة أخرى. الاختيار من الأسفل.
compare-add-two = للمقارنة تلزم درجتان أو أكثر
compare-add = لمسة على درجة تضيفها أو تزيلها
# كم درجة تُقارن من الحد الأقصى.
compare-count = { $count } من { $most }
compare-earlier = درجات سابقة
compare-later = درجات أخرى
