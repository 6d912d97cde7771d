# Lo que haría la cámara, y sí o no. Un mercado con texto propio añade mensajes como consent-eu-title.

consent-title = ¿Podemos encender la cámara?
consent-lede = La pantalla se convierte en un espejo y ves el maquillaje en tu propio rostro.
consent-what = Busca un rostro
consent-what-more = Para colocar el maquillaje, nunca para saber quién eres.
consent-kept = No se guarda nada
consent-kept-more = No se guarda ninguna imagen y ninguna sale de este espejo, salvo que pidas una foto al final.
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
