# 门店自己的面板。

merchant-title = 门店专用
merchant-end = 结束本次使用
# 面板的两部分。
merchant-shop = 门店
merchant-screen = 屏幕

merchant-languages = 语言
merchant-market = 市场
merchant-switches = 本屏选项
merchant-catalogue = 产品目录
merchant-timings = 耗时

merchant-models = 模特与自有照片
merchant-mirror = 返回镜子
merchant-screenshot = 保存截图
merchant-sheet = 保存全部妆容

## 数字下方：数量的单位

merchant-products = { $count ->
   *[other] 件产品
  }
merchant-lines = { $count ->
   *[other] 个系列
  }
merchant-looks = { $count ->
   *[other] 款妆容
  }
merchant-faces = { $count ->
   *[other] 张面孔
  }
merchant-sound = 所有文件均正常

## 耗时表

merchant-stage = 阶段
merchant-median = 中位数
merchant-most = 95%
merchant-worst = 最慢
merchant-no-timings = 尚无测量数据。

merchant-wrong-pin = 密码不正确。

# 在市场旁边（若本店统计同意人数）。
merchant-agreed = 今天有 { $count } 人同意
