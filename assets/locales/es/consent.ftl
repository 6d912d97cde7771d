# Lo que haría la cámara, y sí o no. Un mercado con texto propio añade mensajes como consent-eu-title.

consent-title = ¿Podemos encender la cámara?
consent-lede = La pantalla se convierte en un espejo y ves el maquillaje en tu propio rostro. La inteligencia artificial modifica la imagen.
consent-what = Mide tu rostro
consent-what-more = Localiza 478 puntos de tu rostro (su geometría) para colocar el maquillaje, nunca para saber quién eres.
consent-kept = No se guarda nada
consent-kept-more = No se guarda ninguna imagen ni medida, y ninguna sale de este espejo, salvo que pidas una foto o una impresión al final.
consent-long = Termina cuando te vas
# $minutes: tras tantos minutos sin tocar la pantalla, como muy tarde, se borra todo.
consent-long-more = Toca «He terminado» o aléjate: la cámara se apaga y todo se borra, en un plazo de { $minutes ->
    [one] un minuto
    [many] { $minutes } de minutos
   *[other] { $minutes } minutos
  } desde tu último toque.
# Las dos respuestas, una junto a la otra y con la misma fuerza.
consent-yes = Sí, usar la cámara
consent-model = Mejor probar en un modelo
# Al pie, en pequeño. $market: su signo, como EU.
consent-version = { $market } · texto de consentimiento, versión { $version }
# Lleva a la página de abajo.
consent-retention = Qué se guarda y cómo se borra

## Estados Unidos: algunos estados piden una autorización escrita que nombre la geometría facial

consent-us-lede = La pantalla se convierte en un espejo y ves el maquillaje en tu propio rostro. La inteligencia artificial modifica la imagen. Al tocar «Acepto» firmas una autorización escrita para ello.
consent-us-what-more = Localiza 478 puntos de tu rostro (geometría facial, que algunos estados llaman datos biométricos) para colocar el maquillaje, solo durante esta visita, nunca para saber quién eres.
consent-us-yes = Acepto, usar la cámara

## La página sobre lo que se guarda

retention-title = Qué se guarda y cómo se borra
retention-kept = Tras tu visita: nada
retention-kept-more = Las imágenes, las medidas de tu rostro, tu tono de piel y lo que te pruebas solo están en la memoria de esta máquina, y solo mientras la usas.
retention-long = Durante cuánto tiempo
# $minutes: tras tantos minutos sin tocar la pantalla, como muy tarde.
retention-long-more = Hasta que toques «He terminado». Si te alejas sin más, como muy tarde hasta { $minutes ->
    [one] un minuto
    [many] { $minutes } de minutos
   *[other] { $minutes } minutos
  } después de tu último toque.
retention-erase = Cómo se borra
retention-erase-more = La cámara se cierra y la memoria se sobrescribe. No hay en ningún sitio una copia que se pueda entregar o borrar después.
retention-photo = Una foto, si la pides
# $minutes: cuánto tiempo se puede recoger.
retention-photo-more = Llega a tu teléfono una sola vez, por la red propia de esta tienda, y se borra como muy tarde en { $minutes ->
    [one] un minuto
    [many] { $minutes } de minutos
   *[other] { $minutes } minutos
  }.
retention-counted = Qué se cuenta
retention-counted-more = Cuántas personas aceptan en un día. Nada sobre quiénes son.
retention-contact = Preguntas
