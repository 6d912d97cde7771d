# 定格画面中改动了什么。

changed-title = 改动了什么
changed-frozen = 您看到的画面
changed-map = 改动之处，以颜色标出
changed-counting = 正在统计改动的像素…
# $part 是百分比，或下一条文字。
changed-part = 妆容改动了这张画面中 { $part } 的像素。
changed-under-one = 不到 1%
changed-nothing = 这张画面没有任何改动。
changed-bit-for-bit = 不用产品时，画面与摄像头的逐位相同。
# $most 是以 255 为满值的差异。
changed-differs = 不用产品时，任何像素与摄像头画面的差异都不超过 { $most }（满值 255）。
changed-converted = 这台摄像头以自己的色彩格式传送颜色。颜色会转换为适合屏幕的格式，除此之外不做任何处理。

changed-layers = 您上了 { $count } 层妆
changed-bare = 您没有上妆

changed-else-title = 其他一概不动
changed-else = 不磨皮，不瘦脸，不美白牙齿，不放大眼睛。您的肌肤还是您的肌肤。
changed-picture-title = 您的画面留在这里
# 镜前无人的秒数。
changed-picture = 它只存在于这面镜子的内存中，在您用完时或离开 { $seconds } 秒后清除。
changed-suggest-title = 为何推荐这个色号
changed-suggest-tone = 只依据一点：在您提出要求时读取的面颊和额头的颜色。不看您的年龄，不看您的性别，不看您是谁。
changed-suggest-none = 没有使用您的任何数据：您还没有要求查找色号。
changed-suggest-off = 推荐已关闭。不使用您的任何数据。

## 妆层的位置

changed-at-skin = 全脸肌肤
changed-at-under-eye = 眼下
changed-at-contour = 颧骨下方与下颌线
changed-at-sun = 阳光照到的地方
changed-at-cheeks = 双颊
changed-at-high-points = 受光的高点
changed-at-lids = 眼睑
changed-at-outer-corner = 眼尾
changed-at-inner-corner = 眼头
changed-at-crease = 眼窝褶皱
changed-at-brow-bone = 眉下
changed-at-lash-line = 睫毛根部
changed-at-lower-lash = 下睫毛根部
changed-at-brows = 眉毛
changed-at-irises = 虹膜
changed-at-lip-edge = 唇缘
changed-at-lip-centre = 唇部中央
changed-at-lips = 双唇
changed-at-lashes = 睫毛
changed-at-jaw = 下颌线
changed-at-spot = 个别小处
