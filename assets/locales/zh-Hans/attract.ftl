# 路过的人看到的海报。摄像头处于关闭状态。

# 大字；轮流以各种语言显示。
attract-begin = 轻触开始
attract-camera-off = 摄像头已关闭
