# Nombres y palabras comunes a varias pantallas. Breves: van en botones y en la barra de categorías.

## Categorías de productos

category-foundation = Base de maquillaje
category-concealer = Corrector
category-contour = Contorno
category-bronzer = Bronceador
category-blush = Colorete
category-highlighter = Iluminador
category-eyeshadow = Sombra de ojos
category-eyeliner = Delineador
category-brow = Cejas
category-lens = Lentes de contacto
category-lip-liner = Perfilador
category-lipstick = Labial
category-lip-gloss = Brillo de labios
category-mascara = Máscara de pestañas
category-lashes = Pestañas postizas

## Acabados

finish-matte = Mate
finish-satin = Satinado
finish-cream = Cremoso
finish-gloss = Brillante
finish-metallic = Metálico
finish-shimmer = Luminoso
finish-glitter = Glitter
finish-sheer = Transparente

## Partes del rostro

part-face = Rostro
part-cheeks = Mejillas
part-eyes = Ojos
part-brows = Cejas
part-lips = Labios

## Palabras de los botones

word-yes = Sí
word-no = No
word-ok = De acuerdo
word-back = Atrás
word-next = Siguiente
word-close = Cerrar
word-done = Listo
word-cancel = Cancelar
word-undo = Deshacer
word-redo = Rehacer
word-clear = Borrar todo
word-remove = Quitar
word-more = Más
word-less = Menos
word-on = Activado
word-off = Desactivado
word-none = Ninguno
word-all = Todo
word-language = Idioma
word-help = Ayuda
word-start-over = Empezar de nuevo

## Palabras de los productos

word-brand = Marca
word-shade = Tono
word-finish = Acabado
word-amount = Intensidad
word-price = Precio
word-ingredients = Ingredientes
word-look = Look
word-looks = Looks
word-favourites = Favoritos

stock-in = Disponible
stock-few = Últimas unidades
stock-out = Agotado
shade-count = { $count ->
    [one] { $count } tono
    [many] { $count } de tonos
   *[other] { $count } tonos
  }

## Subtonos de la piel y de la base

undertone-cool = Frío
undertone-neutral = Neutro
undertone-warm = Cálido
undertone-olive = Oliva
