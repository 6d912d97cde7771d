# What every screen offers in its corner.

corner-access = Easier to use
corner-large-text = Larger text
corner-reach = All buttons lower down
# Ends the session: everything of it is forgotten.
corner-end = I’m done
corner-end-name = Finish, and forget everything
