# 有一会儿没人触碰屏幕了。

idle-title = 您还在吗？
idle-more = 若您已离开，一切都会为下一位顾客清除。
# 秒数圆环的名称，供读屏使用。
idle-left = 剩余秒数
idle-here = 我还在
idle-done = 我用好了
# 若门店需要，会朗读出来。
idle-spoken = 您还在吗？轻触屏幕即可继续。
