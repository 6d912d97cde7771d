# 产品卡片。

card-ingredients = 成分：请用手机扫码
card-carbon = 碳足迹：{ $grams } g CO₂e
card-try = 试一试
card-done = 保留
card-save = 收藏
card-saved = 已收藏

## 产品可能的标注；商家自己的文字原样显示

claim-vegan = 纯素
claim-refillable = 可替换芯
claim-fragrance-free = 无香精
claim-waterproof = 防水
claim-recycled-packaging = 再生包装
claim-reusable = 可重复使用
