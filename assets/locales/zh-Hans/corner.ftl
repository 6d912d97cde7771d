# 每个界面角落里的选项。

corner-access = 更易使用
corner-large-text = 放大文字
corner-reach = 按钮全部下移
corner-end = 我用好了
corner-end-name = 结束，并忘记一切
