# El espejo: su rostro y todo lo que puede ponerse. Las palabras van en botones pequeños: breves.

mirror-saved = Favoritos
mirror-take-home = Llévatelo
mirror-compare = Comparar
mirror-my-shade = Mi tono
mirror-changed = Qué ha cambiado
mirror-clear = Quitar todo
mirror-before-after = Antes y después
mirror-before = Antes
mirror-after = Después
# La línea entre antes y después, y los pasos que la mueven.
mirror-wipe = Donde empieza el maquillaje
mirror-wipe-left = Mover la línea a la izquierda
mirror-wipe-right = Mover la línea a la derecha
# Alguien ante el espejo, contando desde la izquierda.
mirror-person = Persona { $number }

## Productos

mirror-touch-a-shade = Toca un tono para verlo en ti.
# La casilla que quita lo que se lleva.
mirror-without = Sin nada
# Bajo un producto que pertenece a un look y no se vende por separado.
mirror-own-recipe = Parte de este look
mirror-card = Sobre este producto
mirror-save = Guardar este producto
mirror-compare-this = Comparar este tono con otros
mirror-less = Menos
mirror-more = Más
mirror-rail-back = Ver los anteriores
mirror-rail-on = Ver más
mirror-nothing-saved = Toca el corazón junto a un tono que te guste. Lo encontrarás aquí.

## Avisos

mirror-full = Es lo máximo que puede llevar un rostro. Quita algo primero.
mirror-out-of-stock = Hoy aquí no queda { $about }. Puedes probarlo igualmente.

## Cómo colocarse

mirror-framing-nobody = Acércate y mira al espejo
mirror-framing-closer = Acércate un poco
mirror-framing-back = Un paso atrás, por favor
mirror-framing-right = Un poco a la derecha
mirror-framing-left = Un poco a la izquierda
mirror-framing-lower = Un poco más abajo
mirror-framing-higher = Un poco más arriba

## Qué hace la luz con los colores

mirror-light-coloured = La luz de aquí tiene color: los tonos no son fiables.
mirror-light-bright = Aquí hay demasiada luz: los tonos no son fiables.

## Por qué no se ve a sí misma

mirror-demo-not-found = No hay cámara. Esto es una demo.
mirror-demo-busy = La cámara está en uso en otra parte. Esto es una demo.
mirror-demo-lost = La cámara se ha parado. Esto es una demo.
mirror-demo-frozen = La imagen de la cámara no se mueve. Esto es una demo.
mirror-demo-black = La cámara solo ve negro. Esto es una demo.
mirror-demo-off = La cámara está apagada. Esto es una demo.

## In the place of the picture while none comes

mirror-away-title = Un momento, por favor
mirror-away-text = La imagen volverá enseguida.
