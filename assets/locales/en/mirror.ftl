# The mirror: her face, and everything to put on it. Words stand on small buttons: keep them short.

mirror-saved = Saved
mirror-take-home = Take it home
mirror-compare = Compare
mirror-my-shade = My shade
mirror-changed = What’s changed
mirror-clear = Take everything off
mirror-before-after = Before & after
mirror-before = Before
mirror-after = After
# The line between before and after, and the steps that move it.
mirror-wipe = Where the make-up begins
mirror-wipe-left = Move the line to the left
mirror-wipe-right = Move the line to the right
# Someone before the mirror, counted from the left.
mirror-person = Person { $number }

## Products

mirror-touch-a-shade = Touch a shade to see it on you.
# The tile that takes off what is worn.
mirror-without = Without
# Below a product that belongs to a look and is not sold by itself.
mirror-own-recipe = Part of this look
mirror-card = About this product
mirror-save = Save this product
mirror-compare-this = Compare this shade with others
mirror-less = Less
mirror-more = More
mirror-rail-back = Show the ones before
mirror-rail-on = Show more
mirror-nothing-saved = Touch the heart beside a shade you like. You will find it here.

## Notices

mirror-full = That is as much as one face can wear. Take something off first.
mirror-out-of-stock = { $about } is sold out here today. You can still try it on.

## How to stand

mirror-framing-nobody = Come closer and look into the mirror
mirror-framing-closer = Come a little closer
mirror-framing-back = One step back, please
mirror-framing-right = A little to the right
mirror-framing-left = A little to the left
mirror-framing-lower = A little lower
mirror-framing-higher = A little higher

## What the light does to colours

mirror-light-coloured = The light here is coloured, so colours cannot be trusted.
mirror-light-bright = The light here is too strong, so colours cannot be trusted.

## Why she does not see herself

mirror-demo-not-found = No camera found. This is a demo.
mirror-demo-busy = The camera is in use elsewhere. This is a demo.
mirror-demo-lost = The camera has stopped. This is a demo.
mirror-demo-frozen = The camera’s picture stands still. This is a demo.
mirror-demo-black = The camera sees only black. This is a demo.
mirror-demo-off = The camera is off. This is a demo.

## In the place of the picture while none comes

mirror-away-title = One moment, please
mirror-away-text = The picture will be back shortly.
