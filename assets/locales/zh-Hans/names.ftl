# 多个界面共用的名称和常用词。会出现在按钮和品类栏上，请保持简短。

## 品类

category-foundation = 粉底液
category-concealer = 遮瑕
category-contour = 修容
category-bronzer = 古铜修容粉
category-blush = 腮红
category-highlighter = 高光
category-eyeshadow = 眼影
category-eyeliner = 眼线
category-brow = 眉妆
category-lens = 美瞳
category-lip-liner = 唇线笔
category-lipstick = 口红
category-lip-gloss = 唇釉
category-mascara = 睫毛膏
category-lashes = 假睫毛

## 质地：产品的光泽

finish-matte = 哑光
finish-satin = 缎光
finish-cream = 奶油
finish-gloss = 水光
finish-metallic = 金属
finish-shimmer = 珠光
finish-glitter = 亮片
finish-sheer = 薄透

## 部位

part-face = 底妆
part-cheeks = 颊妆
part-eyes = 眼妆
part-brows = 眉妆
part-lips = 唇妆

## 按钮用词

word-yes = 是
word-no = 否
word-ok = 好
word-back = 返回
word-next = 下一步
word-close = 关闭
word-done = 完成
word-cancel = 取消
word-undo = 撤销
word-redo = 重做
word-clear = 清除
word-remove = 移除
word-more = 更多
word-less = 更少
word-on = 开
word-off = 关
word-none = 无
word-all = 全部
word-language = 语言
word-help = 帮助
word-start-over = 重新开始

## 产品用词

word-brand = 品牌
word-shade = 色号
word-finish = 质地
word-amount = 浓淡
word-price = 价格
word-ingredients = 成分
word-look = 妆容
word-looks = 妆容
word-favourites = 心动收藏

stock-in = 有现货
stock-few = 仅剩少量
stock-out = 暂时缺货
shade-count = { $count } 个色号

## 肤色与粉底的冷暖调

undertone-cool = 冷调
undertone-neutral = 中性调
undertone-warm = 暖调
undertone-olive = 橄榄调
