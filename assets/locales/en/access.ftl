# What makes the screen easier to use. On buttons that stay pressed.

access-large-text = Larger text
# All controls move to the lower part of the screen.
access-reach = Lower buttons
