# 顾客在自己手机上取照片的页面。空间充足。

photo-title = 您的照片
photo-lead = 只能领取一次，之后本机会将其删除。
photo-button = 领取照片
photo-fetching = 正在领取…
photo-keep = 点按“保存”或长按照片即可留存。照片现在只在这部手机上。
photo-save = 保存
photo-gone = 照片已不在
photo-gone-lead = 照片已被领取，或已超过时限。您可以在试妆机上重新获取二维码。
