# The skin tone read from the live picture, and foundations for it.

shade-title = Find my shade
shade-about = The mirror looks at the bare skin of your cheeks and forehead for a few seconds and ranks the foundations of this shop by how they would really look on it. Take off glasses and foundation first, if you like to be exact.
shade-read = Read my skin tone
shade-again = Read again
shade-looking = Reading your skin tone
shade-looking-about = Please look straight into the mirror for a moment.
shade-still = Hold still, please
shade-used = Used: only your skin’s colour in this picture, gone when you leave.
shade-suggest = Suggest shades for me
shade-off-title = Suggestions are off
shade-off = The mirror reads nothing from your picture. Switch suggestions on if you would like foundations that suit your skin.
shade-off-shop = This shop makes no suggestions from pictures. Every shade can be tried in the mirror.

## What hinders a reading, and what to do

shade-too-dark = There is too little light on your face. Step towards a lamp, or ask for more light.
shade-too-bright = The light on your face is too strong. Step back a little, or turn away from the lamp.
shade-too-coloured = The light here is coloured. Turn towards white light or daylight.
shade-too-few = Your cheeks and forehead are hard to see. Come closer, and move hair, hands or a mask aside.
shade-too-uneven = One side of your face is much brighter. Turn so that the light falls on both sides alike.
shade-too-odd = Please look straight into the mirror, in white and even light.

shade-failed-dark = It is too dark here to tell
shade-failed-bright = It is too bright here to tell
shade-failed-coloured = The light is too coloured to tell
shade-failed-few = Too little skin in sight to tell
shade-failed-uneven = The light is too uneven to tell
shade-failed-odd = It cannot be told in this light

## Where to stand

shade-framing-nobody = Step in front of the mirror
shade-framing-closer = Come a little closer
shade-framing-back = Step back a little
shade-framing-right = Move a little to the right
shade-framing-left = Move a little to the left
shade-framing-lower = You are high in the picture: bend down or tilt the mirror
shade-framing-higher = You are low in the picture: rise or tilt the mirror

## What was found

shade-done = Your shades
# A screen reader says this of a disc in the skin's colour.
shade-skin = The colour of your skin in this picture
shade-none = This shop sells no foundation to match.
# $steps is a lightness difference on a scale of 100.
shade-doubt-little = The light here is known well: your skin is read to ± { $steps } of 100 in lightness.
shade-doubt-some = This light leaves some doubt (± { $steps } of 100 in lightness): half a shade lighter or darker may suit you better.
shade-doubt-much = The mirror cannot tell how bright this light is (± { $steps } of 100 in lightness): a shade or two lighter or darker may suit you better.

# How near a foundation comes to the skin. $delta is the difference as ΔE00.
shade-delta-unseen = Melts into your skin: ΔE { $delta }
shade-delta-hair = A hair’s breadth: ΔE { $delta }
shade-delta-close = Very close: ΔE { $delta }
shade-delta-near = Close: ΔE { $delta }
shade-delta-far = Visibly different: ΔE { $delta }

# How sure it is that no other shade of this shop is visibly better.
shade-sure-high = Surely best ({ $percent })
shade-sure-good = Probably best ({ $percent })
shade-sure-some = Perhaps best ({ $percent })
shade-sure-low = Hardly best ({ $percent })

# Where it differs from the bare skin.
shade-same = As light and as warm
shade-lighter = Lighter
shade-darker = Darker
shade-warmer = Warmer
shade-cooler = Cooler
shade-lighter-warmer = Lighter and warmer
shade-lighter-cooler = Lighter and cooler
shade-darker-warmer = Darker and warmer
shade-darker-cooler = Darker and cooler

shade-wear = Wear
shade-worn = Worn
shade-wear-spoken = Wear { $shade }
shade-jaw = Try 1, 2, 3 on my jaw
shade-jaw-legend = On your jaw, from left to right:
shade-jaw-one = { $number }: { $shade }
shade-earlier = Better matches
shade-later = More matches
