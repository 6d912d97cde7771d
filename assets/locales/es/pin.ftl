# El personal escribe el PIN de la tienda.

pin-title = PIN del personal
pin-erase = Borrar la última cifra
# Para un lector de pantalla.
pin-typed = { $count ->
    [one] { $count } cifra escrita
    [many] { $count } de cifras escritas
   *[other] { $count } cifras escritas
  }
