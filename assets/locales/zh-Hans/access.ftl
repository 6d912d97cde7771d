# 让屏幕更易使用的选项。按下后保持开启的按钮。

access-large-text = 放大文字
# 所有控件移到屏幕下部。
access-reach = 按钮下移
