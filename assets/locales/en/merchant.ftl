# The shop's own panel.

merchant-title = For the shop
merchant-end = End this session
# The panel's two halves.
merchant-shop = Shop
merchant-screen = Screen

merchant-languages = Language
merchant-market = Market
merchant-switches = On this screen
merchant-catalogue = Catalogue
merchant-timings = Timings

merchant-models = Models and own photos
merchant-mirror = Back to the mirror
merchant-screenshot = Save a screenshot
merchant-sheet = Save all looks

## Under a number: how many there are

merchant-products = { $count ->
    [one] product
   *[other] products
  }
merchant-lines = { $count ->
    [one] line
   *[other] lines
  }
merchant-looks = { $count ->
    [one] look
   *[other] looks
  }
merchant-faces = { $count ->
    [one] face
   *[other] faces
  }
merchant-sound = All files are sound

## The table of timings

merchant-stage = Stage
merchant-median = Median
merchant-most = 95 %
merchant-worst = Worst
merchant-no-timings = Nothing was measured yet.

merchant-wrong-pin = That is not the PIN.

# Beside the market, where the shop counts consents.
merchant-agreed = { $count ->
    [one] 1 person agreed today
   *[other] { $count } people agreed today
  }
