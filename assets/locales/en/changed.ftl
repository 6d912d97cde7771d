# What was changed in the frozen picture.

changed-title = What was changed
changed-frozen = What you see
changed-map = Changed, in colour
changed-counting = Counting the changed pixels…
# $part is a percentage, or the next message.
changed-part = Make-up changed { $part } of this picture’s pixels.
changed-under-one = less than 1%
changed-nothing = Nothing in this picture was changed.
changed-bit-for-bit = Without products, the picture is your camera’s, bit for bit.
# $most is a difference of 255.
changed-differs = Without products, no pixel differs from your camera’s by more than { $most } of 255.
changed-converted = This camera sends its own kind of colours. They are converted for the screen, and nothing else is done to them.

changed-layers = { $count ->
    [one] You wear one layer
   *[other] You wear { $count } layers
  }
changed-bare = You wear no make-up

changed-else-title = Nothing else is touched
changed-else = No smoothing, no slimming, no whiter teeth, no bigger eyes. Your skin stays your skin.
changed-picture-title = Your picture stays here
# Seconds without anybody in front of the mirror.
changed-picture = It is in this mirror’s memory only, and is wiped when you are done or { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
  } after you leave.
changed-suggest-title = Why a shade was suggested
changed-suggest-tone = From one thing only: the colour of your cheeks and forehead, read when you asked for it. Not your age, not your sex, not who you are.
changed-suggest-none = No data of yours was used: you have not asked for your shade.
changed-suggest-off = Suggestions are off. No data of yours is used.

## Where a layer lies

changed-at-skin = all over the skin
changed-at-under-eye = under the eyes
changed-at-contour = under the cheekbones and along the jaw
changed-at-sun = where the sun would fall
changed-at-cheeks = on the cheeks
changed-at-high-points = on what catches the light
changed-at-lids = on the lids
changed-at-outer-corner = at the outer corners of the eyes
changed-at-inner-corner = at the inner corners of the eyes
changed-at-crease = in the crease of the lids
changed-at-brow-bone = under the brows
changed-at-lash-line = along the lashes
changed-at-lower-lash = along the lower lashes
changed-at-brows = in the brows
changed-at-irises = on the irises
changed-at-lip-edge = along the edge of the lips
changed-at-lip-centre = in the middle of the lips
changed-at-lips = on the lips
changed-at-lashes = on the lashes
changed-at-jaw = on the jaw line
changed-at-spot = on single spots
