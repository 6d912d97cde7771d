# La ficha de un producto.

card-ingredients = Ingredientes: escanea con tu teléfono
card-carbon = Huella de carbono: { $grams } g de CO₂e
card-try = Probar
card-done = Dejar puesto
card-save = Guardar
card-saved = Guardado
