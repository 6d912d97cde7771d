# 摄像头会做什么，以及同意与否。某个市场若有自己的文本，可另加如 consent-eu-title 的条目。

consent-title = 可以打开摄像头吗？
consent-lede = 屏幕会变成镜子，您将在自己的脸上看到妆容。画面由人工智能更改。
consent-what = 它会测量您的面部
consent-what-more = 它会找出您面部的 478 个点（面部几何特征），用来确定上妆位置，绝不用来得知您是谁。
consent-kept = 不留存任何内容
consent-kept-more = 不会保存任何画面或测量数据，它们也不会离开这面镜子，除非您在最后要一张照片或一份打印件。
consent-long = 您离开，即结束
# $minutes：最迟在无人触屏这么多分钟后，一切都会清除。
consent-long-more = 轻触“我用好了”或直接走开：摄像头随即关闭，一切都会清除，最迟在您最后一次触屏后的 { $minutes } 分钟之内。
# 两个答案并排，分量相同。
consent-yes = 好，使用摄像头
consent-model = 改用模特试妆
# 底部小字。$market：市场标记，如 EU。
consent-version = { $market } · 同意书文本，第 { $version } 版
# 通往下面的页面。
consent-retention = 会留存什么，如何清除

## 美国：部分州要求书面同意，并写明面部几何特征

consent-us-lede = 屏幕会变成镜子，您将在自己的脸上看到妆容。画面由人工智能更改。轻触“我同意”即表示您为此签署书面授权。
consent-us-what-more = 它会找出您面部的 478 个点（面部几何特征，部分州称之为生物识别数据），用来确定上妆位置，仅限本次使用，绝不用来得知您是谁。
consent-us-yes = 我同意，使用摄像头

## 说明留存内容的页面

retention-title = 会留存什么，如何清除
retention-kept = 您离开之后：什么都不留
retention-kept-more = 画面、面部测量数据、您的肤色以及您试过的妆容只存在于这台机器的内存中，并且只在您使用期间存在。
retention-long = 保留多久
# $minutes：最迟在无人触屏这么多分钟后。
retention-long-more = 直到您轻触“我用好了”。如果您直接走开，最迟到您最后一次触屏后的 { $minutes } 分钟为止。
retention-erase = 如何清除
retention-erase-more = 摄像头会关闭，内存会被覆写。任何地方都没有可供日后交出或删除的副本。
retention-photo = 照片（仅在您提出时）
# $minutes：可以获取照片的时间。
retention-photo-more = 照片经由本店自己的网络传到您的手机，仅此一次，最迟 { $minutes } 分钟后删除。
retention-counted = 统计什么
retention-counted-more = 每天有多少人同意，不涉及他们是谁。
retention-contact = 有疑问时
