# The poster that passers-by see. The camera is off.

# Large; shown in each of the market's languages in turn.
attract-begin = Touch to begin
attract-camera-off = The camera is off
