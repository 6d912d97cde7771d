# Names and common words that more than one screen uses. Short: they stand on buttons and in the category rail.

## Categories of products

category-foundation = Foundation
category-concealer = Concealer
category-contour = Contour
category-bronzer = Bronzer
category-blush = Blush
category-highlighter = Highlighter
category-eyeshadow = Eyeshadow
category-eyeliner = Eyeliner
category-brow = Brows
category-lens = Contact lenses
category-lip-liner = Lip liner
category-lipstick = Lipstick
category-lip-gloss = Lip gloss
category-mascara = Mascara
category-lashes = False lashes

## Finishes: how a product shines

finish-matte = Matte
finish-satin = Satin
finish-cream = Cream
finish-gloss = Gloss
finish-metallic = Metallic
finish-shimmer = Shimmer
finish-glitter = Glitter
finish-sheer = Sheer

## Parts of the face, as headings of the rail

part-face = Face
part-cheeks = Cheeks
part-eyes = Eyes
part-brows = Brows
part-lips = Lips

## Words on buttons

word-yes = Yes
word-no = No
word-ok = OK
word-back = Back
word-next = Next
word-close = Close
word-done = Done
word-cancel = Cancel
word-undo = Undo
word-redo = Redo
word-clear = Clear
word-remove = Remove
word-more = More
word-less = Less
word-on = On
word-off = Off
word-none = None
word-all = All
word-language = Language
word-help = Help
word-start-over = Start over

## Words for products

word-brand = Brand
word-shade = Shade
word-finish = Finish
word-amount = Amount
word-price = Price
word-ingredients = Ingredients
word-look = Look
word-looks = Looks
word-favourites = Favourites

stock-in = In stock
stock-few = Only a few left
stock-out = Out of stock
# How many shades a product line has.
shade-count = { $count ->
    [one] { $count } shade
   *[other] { $count } shades
  }

## Undertones of skin and foundation

undertone-cool = Cool
undertone-neutral = Neutral
undertone-warm = Warm
undertone-olive = Olive
