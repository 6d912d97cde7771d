# 带回家的妆容。

takehome-title = 把妆容带回家
takehome-scan = 扫码带走您的妆容
takehome-scan-about = 请用手机相机对准二维码。码中只有产品和浓淡：没有画面，没有姓名。
# 同上，在照片二维码旁。
takehome-look = 您的妆容
takehome-look-about = 只有产品和浓淡：没有画面，没有姓名。
takehome-code-spoken = 您妆容的二维码
takehome-no-code = 这个妆容中没有本店出售的产品，因此没有二维码。
takehome-products = { $count } 件产品
takehome-total-spoken = 合计 { $total }
# 妆容中没有门店出售的妆层。
takehome-unsold = 这个妆容中有 { $count } 层本店不出售，未计入。

takehome-bare-title = 您还没有上妆
takehome-bare = 先在镜中试一个妆容或一个色号，之后就能带它回家。
takehome-to-mirror = 去照镜子

## 顾客的照片

takehome-photo-title = 也想要您的照片吗？
takehome-photo-about = 只有您要求时才有。
takehome-photo-add = 加上我的照片
takehome-photo-how = 照片如何到您手中
# $minutes：可以领取的时长。
takehome-photo-explained = 照片经本店自己的网络直接传到您的手机，仅此一次。之后，或在 { $minutes } 分钟后，即被删除。传输途中，同一网络中的他人可能看到它。
takehome-photo-offer = 提供我的照片
takehome-photo-no = 不用了，谢谢
takehome-photo-preparing = 正在制作您的照片…
takehome-photo-offered = 您的照片等您领取
takehome-photo-offered-about = 可领取一次，之后即被删除。
takehome-photo-withdraw = 撤回照片
takehome-photo-scan = 您的照片
# $time 是分和秒，如 4:59。
takehome-photo-left = 请连接本店 Wi-Fi，然后扫码。{ $time } 后消失。
takehome-photo-code-spoken = 您照片的二维码
takehome-photo-taken = 照片已在您的手机上
takehome-photo-taken-about = 照片已领取一次，在此处已删除。
takehome-photo-broken = 照片没有完整传到
takehome-photo-broken-about = 连接中断，照片在此处已删除。您可以再次提供。
takehome-photo-expired = 照片的领取时间已过
takehome-photo-expired-about = 没有人领取，照片在此处已删除。您可以再次提供。
takehome-photo-failed = 现在无法提供您的照片
takehome-photo-failed-about = 请询问店员。您妆容的二维码照常可用。

## 打印

takehome-print = 打印我的妆容
takehome-print-photo = 连同照片打印
takehome-printing = 正在打印…

## 结束

takehome-done = 我用好了：全部清除
takehome-done-spoken = 我用好了。清除我的画面和我的所有选择
