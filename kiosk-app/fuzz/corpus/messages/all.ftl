# a comment
start = Begin { $name }
-brand = Carmine
    .case = { "x" }
hello = { -brand } { NUMBER($count, minimumFractionDigits: 2) } {start}
plural = { $count ->
    [0] none
    [one] one
   *[other] { $count } of them
 }
attribute = text
    .title = { hello.title }
