# 摄像头会做什么，以及同意与否。某个市场若有自己的文本，可另加如 consent-eu-title 的条目。

consent-title = 可以打开摄像头吗？
consent-lede = 屏幕会变成镜子，您将在自己的脸上看到妆容。
consent-what = 它会寻找面部
consent-what-more = 用来确定上妆位置，绝不用来得知您是谁。
consent-kept = 不留存任何内容
consent-kept-more = 不会保存任何画面，也不会有任何画面离开这面镜子，除非您在最后要一张照片。
consent-long = 您离开，即结束
# $minutes：最迟在无人触屏这么多分钟后，一切都会清除。
consent-long-more = 轻触“我用好了”或直接走开：摄像头随即关闭，一切都会清除，最迟在您最后一次触屏后的 { $minutes } 分钟之内。
# 两个答案并排，分量相同。
consent-yes = 好，使用摄像头
consent-model = 改用模特试妆
# 底部小字。$market：市场标记，如 EU。
consent-version = { $market } · 同意书文本，第 { $version } 版
