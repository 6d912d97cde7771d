# Staff type the shop's PIN.

pin-title = Staff PIN
pin-erase = Erase the last digit
# For a screen reader.
pin-typed = { $count ->
    [one] { $count } digit typed
   *[other] { $count } digits typed
  }
