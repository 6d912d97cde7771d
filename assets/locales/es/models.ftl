# Rostros en los que probar en lugar del propio.

models-title = Elige un rostro parecido al tuyo
models-lede = El maquillaje va en el rostro que elijas. La cámara sigue apagada.
# Bajo un maniquí. $tone: de 1 (claro) a 10 (oscuro).
models-tone = Tono { $tone }
models-page = { $page } de { $pages }

## Nombres de los rostros incluidos: su id tras models-name-

models-name-astronaut = Astronauta
models-name-admiral = Almirante
models-name-portrait = Retrato
