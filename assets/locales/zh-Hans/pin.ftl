# 店员输入门店密码。

pin-title = 店员密码
pin-erase = 删除最后一位
# 供读屏使用。
pin-typed = 已输入 { $count } 位
