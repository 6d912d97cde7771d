# Up to four shades on the same frozen face.

compare-title = Side by side
compare-about = The same picture of you, in each shade
# A screen reader says this of a face that wears $shade.
compare-face = You in { $shade }
compare-wear = Wear this
compare-worn = You wear this
compare-wear-spoken = Wear { $shade } and go back to the mirror
compare-empty = Room for another shade. Choose one below.
compare-add-two = Choose two or more shades to compare
compare-add = Tap a shade to add it or take it away
# How many shades are compared, of how many at most.
compare-count = { $count } of { $most }
compare-earlier = Earlier shades
compare-later = More shades
