# 产品卡片。

card-ingredients = 成分：请用手机扫码
card-carbon = 碳足迹：{ $grams } g CO₂e
card-try = 试一试
card-done = 保留
card-save = 收藏
card-saved = 已收藏
