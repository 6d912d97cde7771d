# Faces to try on instead of one's own.

models-title = Choose a face near yours
models-lede = The make-up goes on the face you choose. The camera stays off.
# Under a mannequin. $tone: 1 (light) to 10 (deep).
models-tone = Tone { $tone }
models-page = { $page } of { $pages }

## Names of the faces that are built in: their id after models-name-

models-name-astronaut = Astronaut
models-name-admiral = Admiral
models-name-portrait = Portrait
