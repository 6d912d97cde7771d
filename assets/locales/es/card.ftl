# La ficha de un producto.

card-ingredients = Ingredientes: escanea con tu teléfono
card-carbon = Huella de carbono: { $grams } g de CO₂e
card-try = Probar
card-done = Dejar puesto
card-save = Guardar
card-saved = Guardado

## Lo que puede prometer un producto; las palabras propias de la tienda quedan como están

claim-vegan = Vegano
claim-refillable = Recargable
claim-fragrance-free = Sin perfume
claim-waterproof = A prueba de agua
claim-recycled-packaging = Envase reciclado
claim-reusable = Reutilizable
