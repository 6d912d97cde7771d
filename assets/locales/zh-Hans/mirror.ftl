# 镜子：顾客的脸，以及可以上妆的一切。文字在小按钮上，请保持简短。

mirror-saved = 收藏
mirror-take-home = 带回家
mirror-compare = 对比
mirror-my-shade = 我的色号
mirror-changed = 有何改动
mirror-clear = 全部卸妆
mirror-before-after = 前后对比
mirror-before = 妆前
mirror-after = 妆后
# 前后之间的分界线，以及移动它的按钮。
mirror-wipe = 妆容从这里开始
mirror-wipe-left = 分界线左移
mirror-wipe-right = 分界线右移
# 镜前的人，从左数起。
mirror-person = 第 { $number } 位

## 产品

mirror-touch-a-shade = 轻触一个色号，看看上妆效果。
# 卸下所上产品的格子。
mirror-without = 不使用
# 在属于某个妆容、不单独出售的产品下方。
mirror-own-recipe = 属于此妆容
mirror-card = 产品详情
mirror-save = 收藏此产品
mirror-compare-this = 与其他色号对比
mirror-less = 淡一点
mirror-more = 浓一点
mirror-rail-back = 查看前面的
mirror-rail-on = 查看更多
mirror-nothing-saved = 喜欢哪个色号，就轻触旁边的心形。收藏后可在这里找到。

## 提示

mirror-full = 一张脸能上的妆已到上限，请先卸下一些。
mirror-out-of-stock = { $about } 本店今日已售罄，您仍可试妆。

## 站位

mirror-framing-nobody = 请走近，看向镜子
mirror-framing-closer = 请再靠近一点
mirror-framing-back = 请后退一步
mirror-framing-right = 请向右一点
mirror-framing-left = 请向左一点
mirror-framing-lower = 请低一点
mirror-framing-higher = 请高一点

## 光线对颜色的影响

mirror-light-coloured = 这里的光线带有颜色，看到的色彩不准确。
mirror-light-bright = 这里的光线太强，看到的色彩不准确。

## 为何看不到自己

mirror-demo-not-found = 未找到摄像头，这是演示。
mirror-demo-busy = 摄像头正被占用，这是演示。
mirror-demo-lost = 摄像头已停止，这是演示。
mirror-demo-frozen = 摄像头画面静止，这是演示。
mirror-demo-black = 摄像头画面全黑，这是演示。
mirror-demo-off = 摄像头已关闭，这是演示。

## In the place of the picture while none comes

mirror-away-title = 请稍候
mirror-away-text = 画面很快恢复。
