# El panel de la tienda.

merchant-title = Para la tienda
merchant-end = Terminar esta sesión
# Las dos mitades del panel.
merchant-shop = Tienda
merchant-screen = Pantalla

merchant-languages = Idioma
merchant-market = Mercado
merchant-switches = En esta pantalla
merchant-catalogue = Catálogo
merchant-timings = Tiempos

merchant-models = Modelos y fotos propias
merchant-mirror = Volver al espejo
merchant-screenshot = Guardar una captura
merchant-sheet = Guardar todos los looks

## Bajo un número: cuántos hay

merchant-products = { $count ->
    [one] producto
    [many] de productos
   *[other] productos
  }
merchant-lines = { $count ->
    [one] línea
    [many] de líneas
   *[other] líneas
  }
merchant-looks = { $count ->
    [one] look
    [many] de looks
   *[other] looks
  }
merchant-faces = { $count ->
    [one] rostro
    [many] de rostros
   *[other] rostros
  }
merchant-sound = Todos los archivos están bien

## La tabla de tiempos

merchant-stage = Etapa
merchant-median = Mediana
merchant-most = 95 %
merchant-worst = Peor
merchant-no-timings = Aún no se ha medido nada.

merchant-wrong-pin = Ese no es el PIN.

# Junto al mercado, si la tienda cuenta los consentimientos.
merchant-agreed = { $count ->
    [one] hoy ha aceptado 1 persona
    [many] hoy han aceptado { $count } de personas
   *[other] hoy han aceptado { $count } personas
  }
