# What every screen offers in its corner.

corner-access = Easier to use
corner-large-text = Larger text
corner-reach = All buttons lower down
corner-end = Finish and forget me
