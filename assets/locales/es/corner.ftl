# Lo que cada pantalla ofrece en su esquina.

corner-access = Más fácil de usar
corner-large-text = Texto grande
corner-reach = Todos los botones abajo
corner-end = He terminado
corner-end-name = Terminar y olvidarlo todo
