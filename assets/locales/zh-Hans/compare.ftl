# 在同一张定格画面上最多对比四个色号。

compare-title = 并排对比
compare-about = 同一张您的画面，换上每个色号
# 读屏用语：画面中的您用着 $shade。
compare-face = 您用 { $shade } 的样子
compare-wear = 用这款
compare-worn = 正在用
compare-wear-spoken = 用 { $shade } 并返回镜子
compare-empty = 还可再放一个色号，请在下方选择。
compare-add-two = 请选择两个或更多色号来对比
compare-add = 轻触色号即可添加或移除
# 正在对比的色号数，以及最多可对比的数量。
compare-count = { $count } / { $most }
compare-earlier = 前面的色号
compare-later = 更多色号
