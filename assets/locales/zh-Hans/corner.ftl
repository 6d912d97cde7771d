# 每个界面角落里的选项。

corner-access = 更易使用
corner-large-text = 放大文字
corner-reach = 按钮全部下移
corner-end = 结束并忘记我
