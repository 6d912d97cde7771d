# Hasta cuatro tonos sobre el mismo rostro congelado.

compare-title = Lado a lado
compare-about = La misma imagen tuya, en cada tono
# Lo que dice un lector de pantalla de un rostro que lleva $shade.
compare-face = Tú con { $shade }
compare-wear = Ponerme este
compare-worn = Lo llevas puesto
compare-wear-spoken = Ponerme { $shade } y volver al espejo
compare-empty = Hay sitio para otro tono. Elige uno abajo.
compare-add-two = Elige dos tonos o más para comparar
compare-add = Toca un tono para añadirlo o quitarlo
# Cuántos tonos se comparan, de cuántos como máximo.
compare-count = { $count } de { $most }
compare-earlier = Tonos anteriores
compare-later = Más tonos
