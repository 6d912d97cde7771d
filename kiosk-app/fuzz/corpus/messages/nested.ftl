a0 = {a1}{a1}
a1 = {a2}{a2}
a2 = {a3}{a3}
a3 = xxxxxxxx
