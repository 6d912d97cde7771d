# 画面上短暂出现的提示：刚刚完成了什么，或什么没能完成。

## 扫描

scan-unknown = 本店没有与此码对应的产品。
# $about：产品名称。选好面孔后才会上妆。
scan-waiting = { $about } 已准备好，请选择试妆方式。
scan-look = 您扫描的妆容已准备好。
scan-look-without-products = 您扫描的妆容已准备好，但不含本店没有的产品。
scan-look-without-masks = 您扫描的妆容已准备好。本店没有的妆形会画在常规位置。
scan-look-without-both = 您扫描的妆容已准备好，但不含本店没有的产品和妆形。
scan-look-none = 本店没有该妆容中的任何产品。

## 面孔与摄像头

models-unreadable = 这张面孔无法显示，请选择其他面孔。
mirror-camera-missing = 未找到摄像头，现为演示画面。
mirror-camera-busy = 摄像头正被占用，现为演示画面。
mirror-camera-lost = 摄像头已停止，现为演示画面。
mirror-camera-frozen = 摄像头画面静止，现为演示画面。
mirror-camera-black = 摄像头画面全黑，现为演示画面。
mirror-camera-off = 摄像头已关闭，现为演示画面。

## 打印

takehome-printed = 您的妆容已发送至打印机。
takehome-print-failed = 您的妆容未能打印，请联系店员。
takehome-print-title = 您的妆容
takehome-print-hint = 扫码重温此妆容

## 门店

merchant-saved = 已保存为 { $about }
merchant-not-saved = 未能保存：{ $about }
merchant-picture-lost = 未能保存：显卡刚刚重启，请再试一次。
merchant-file-error = 文件无法使用：{ $about }
