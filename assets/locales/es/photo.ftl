# La página, en el teléfono de la clienta, desde la que recoge su foto. Hay espacio de sobra.

photo-title = Tu foto
photo-lead = Puedes recogerla una sola vez. Después el quiosco la borra.
photo-button = Recoger mi foto
photo-fetching = Recibiendo…
photo-keep = Para guardarla, toca «Guardar» o mantén el dedo sobre la foto. Ya solo está en este teléfono.
photo-save = Guardar
photo-gone = Esta foto ya no está
photo-gone-lead = Ya se recogió o se acabó el tiempo. Puedes pedir un código nuevo en el quiosco.
