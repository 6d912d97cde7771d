# Des visages sur lesquels essayer à la place du sien.

models-title = Choisissez un visage proche du vôtre
models-lede = Le maquillage se pose sur le visage choisi. La caméra reste éteinte.
# Sous un mannequin. $tone : de 1 (claire) à 10 (foncée).
models-tone = Ton { $tone }
models-page = { $page } sur { $pages }

## Noms des visages fournis : leur id après models-name-

models-name-astronaut = Astronaute
models-name-admiral = Amirale
models-name-portrait = Portrait
