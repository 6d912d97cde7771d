# Nobody touched the screen for a while.

idle-title = Are you still there?
idle-more = If not, everything is erased for the next visitor.
# Name of the ring with the seconds, for a screen reader.
idle-left = Seconds left
idle-here = I am here
idle-done = I am done
# Said aloud, if the shop wants that.
idle-spoken = Are you still there? Touch the screen to go on.
