# 代替本人试妆的面孔。

models-title = 选一张与您相近的面孔
models-lede = 妆容会上在您选的面孔上，摄像头保持关闭。
# 模特下方。$tone：1（浅）到 10（深）。
models-tone = 肤色 { $tone }
models-page = 第 { $page } 页，共 { $pages } 页

## 内置面孔的名称：models-name- 之后是其 id

models-name-astronaut = 宇航员
models-name-admiral = 海军将领
models-name-portrait = 人像
