# 从实时画面读取的肤色，以及与之相配的粉底。

shade-title = 找到我的色号
shade-about = 镜子会用几秒钟观察您面颊和额头未上妆的肌肤，并按本店粉底上脸后的真实效果排序。若想更准确，请先摘下眼镜、卸掉粉底。
shade-read = 读取我的肤色
shade-again = 重新读取
shade-looking = 正在读取您的肤色
shade-looking-about = 请正视镜子片刻。
shade-still = 请保持不动
shade-used = 所用信息：仅这张画面中您肌肤的颜色，您离开即消失。
shade-suggest = 为我推荐色号
shade-off-title = 推荐已关闭
shade-off = 镜子不从您的画面中读取任何信息。若想找到适合您肌肤的粉底，请打开推荐。
shade-off-shop = 本店不根据画面作推荐。每个色号都可以在镜中试妆。

## 妨碍读取的原因，以及解决办法

shade-too-dark = 您脸上的光线太弱。请走近灯光，或请店员把灯调亮。
shade-too-bright = 您脸上的光线太强。请稍微后退，或转身避开灯光。
shade-too-coloured = 这里的光线偏色。请转向白光或自然光。
shade-too-few = 您的面颊和额头不易看清。请靠近一点，并移开头发、手或口罩。
shade-too-uneven = 您的脸有一侧明显更亮。请转一转，让光线均匀照到两侧。
shade-too-odd = 请在均匀的白光下正视镜子。

shade-failed-dark = 光线太暗，无法判断
shade-failed-bright = 光线太亮，无法判断
shade-failed-coloured = 光线偏色，无法判断
shade-failed-few = 可见肌肤太少，无法判断
shade-failed-uneven = 光线不均，无法判断
shade-failed-odd = 在此光线下无法判断

## 站位

shade-framing-nobody = 请站到镜子前
shade-framing-closer = 请再靠近一点
shade-framing-back = 请稍微后退
shade-framing-right = 请向右移一点
shade-framing-left = 请向左移一点
shade-framing-lower = 您在画面中偏高：请弯一弯身或调整镜子角度
shade-framing-higher = 您在画面中偏低：请站高一点或调整镜子角度

## 结果

shade-done = 您的色号
# 读屏用语：肤色圆片。
shade-skin = 这张画面中您肌肤的颜色
shade-none = 本店没有可供匹配的粉底。
# $steps 是以 100 为满值的明度差。
shade-doubt-little = 这里的光线很清楚：您肌肤的明度读数误差为 ± { $steps }（满值 100）。
shade-doubt-some = 这样的光线留有些许不确定（明度 ± { $steps }，满值 100）：浅或深半个色号可能更适合您。
shade-doubt-much = 镜子无法判断这里的光有多亮（明度 ± { $steps }，满值 100）：浅或深一两个色号可能更适合您。

# 粉底与肌肤有多接近。$delta 是色差 ΔE00。
shade-delta-unseen = 与肌肤融为一体：ΔE { $delta }
shade-delta-hair = 只差分毫：ΔE { $delta }
shade-delta-close = 非常接近：ΔE { $delta }
shade-delta-near = 接近：ΔE { $delta }
shade-delta-far = 看得出差别：ΔE { $delta }

# 有多确定本店没有其他明显更合适的色号。
shade-sure-high = 肯定最佳（{ $percent }）
shade-sure-good = 很可能最佳（{ $percent }）
shade-sure-some = 或许最佳（{ $percent }）
shade-sure-low = 不大可能最佳（{ $percent }）

# 与素肌有何不同。
shade-same = 深浅与冷暖相同
shade-lighter = 更浅
shade-darker = 更深
shade-warmer = 更暖
shade-cooler = 更冷
shade-lighter-warmer = 更浅、更暖
shade-lighter-cooler = 更浅、更冷
shade-darker-warmer = 更深、更暖
shade-darker-cooler = 更深、更冷

shade-wear = 上妆
shade-worn = 已上妆
shade-wear-spoken = 上妆 { $shade }
shade-jaw = 在我的下颌试 1、2、3
shade-jaw-legend = 在您的下颌上，从左到右：
shade-jaw-one = { $number }：{ $shade }
shade-earlier = 更匹配的
shade-later = 更多匹配
