# Lo que se cambió en la imagen congelada.

changed-title = Qué ha cambiado
changed-frozen = Lo que ves
changed-map = Cambios, en color
changed-counting = Contando los píxeles cambiados…
# $part es un porcentaje o el mensaje siguiente.
changed-part = Píxeles de esta imagen que cambió el maquillaje: { $part }.
changed-under-one = menos del 1 %
changed-nothing = No se ha cambiado nada en esta imagen.
changed-bit-for-bit = Sin productos, la imagen es la de la cámara, bit por bit.
# $most es una diferencia sobre 255.
changed-differs = Sin productos, ningún píxel difiere del de la cámara en más de { $most } de 255.
changed-converted = Esta cámara envía los colores a su manera. Se convierten para la pantalla y no se les hace nada más.

changed-layers = { $count ->
    [one] Llevas una capa
    [many] Llevas { $count } de capas
   *[other] Llevas { $count } capas
  }
changed-bare = No llevas maquillaje

changed-else-title = No se toca nada más
changed-else = Ni alisar, ni afinar, ni dientes más blancos, ni ojos más grandes. Tu piel sigue siendo tu piel.
changed-picture-title = Tu imagen se queda aquí
# Segundos sin nadie ante el espejo.
changed-picture = Solo está en la memoria de este espejo, y se borra cuando terminas o { $seconds ->
    [one] un segundo
    [many] { $seconds } de segundos
   *[other] { $seconds } segundos
  } después de irte.
changed-suggest-title = Por qué se sugirió un tono
changed-suggest-tone = Por una sola cosa: el color de tus mejillas y tu frente, leído cuando lo pediste. Ni tu edad, ni tu sexo, ni quién eres.
changed-suggest-none = No se usó ningún dato tuyo: no has pedido tu tono.
changed-suggest-off = Las sugerencias están desactivadas. No se usa ningún dato tuyo.

## Dónde va una capa

changed-at-skin = en toda la piel
changed-at-under-eye = bajo los ojos
changed-at-contour = bajo los pómulos y a lo largo de la mandíbula
changed-at-sun = donde daría el sol
changed-at-cheeks = en las mejillas
changed-at-high-points = donde se posa la luz
changed-at-lids = en los párpados
changed-at-outer-corner = en el extremo exterior de los ojos
changed-at-inner-corner = en el lagrimal
changed-at-crease = en el pliegue de los párpados
changed-at-brow-bone = bajo las cejas
changed-at-lash-line = a ras de las pestañas
changed-at-lower-lash = a ras de las pestañas inferiores
changed-at-brows = en las cejas
changed-at-irises = en el iris
changed-at-lip-edge = en el contorno de los labios
changed-at-lip-centre = en el centro de los labios
changed-at-lips = en los labios
changed-at-lashes = en las pestañas
changed-at-jaw = en la línea de la mandíbula
changed-at-spot = en puntos sueltos
