# Lo que hace la pantalla más fácil de usar. En botones que quedan pulsados.

access-large-text = Texto grande
# Todos los controles pasan a la parte baja de la pantalla.
access-reach = Botones abajo
