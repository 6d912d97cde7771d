# El look para llevar.

takehome-title = Llévate tu look a casa
takehome-scan = Escanea y llévate tu look
takehome-scan-about = Apunta al código con la cámara de tu teléfono. Solo contiene productos e intensidades: ni imagen ni nombre.
# Lo mismo junto al código de la foto.
takehome-look = Tu look
takehome-look-about = Solo productos e intensidades: ni imagen ni nombre.
takehome-code-spoken = Código QR de tu look
takehome-no-code = En este look no hay nada que venda esta tienda, así que no tiene código.
takehome-products = { $count ->
    [one] 1 producto
    [many] { $count } de productos
   *[other] { $count } productos
  }
takehome-total-spoken = En total { $total }
# Capas de un look que ninguna tienda vende.
takehome-unsold = { $count ->
    [one] Una capa de este look no se vende aquí y queda fuera.
    [many] { $count } de capas de este look no se venden aquí y quedan fuera.
   *[other] { $count } capas de este look no se venden aquí y quedan fuera.
  }

takehome-bare-title = Aún no llevas maquillaje
takehome-bare = Prueba un look o un solo tono en el espejo. Después podrás llevártelo a casa.
takehome-to-mirror = Al espejo

## Su foto

takehome-photo-title = ¿Quieres también tu foto?
takehome-photo-about = Solo si la pides.
takehome-photo-add = Añadir mi foto
takehome-photo-how = Cómo te llega tu foto
# $minutes: durante cuánto tiempo se puede recoger.
takehome-photo-explained = Va directa a tu teléfono por la red propia de esta tienda, una sola vez. Después, o al cabo de { $minutes ->
    [one] un minuto
    [many] { $minutes } de minutos
   *[other] { $minutes } minutos
  }, se borra. Por el camino, otros en la red de la tienda podrían verla.
takehome-photo-offer = Ofrecer mi foto
takehome-photo-no = No, gracias
takehome-photo-preparing = Preparando tu foto…
takehome-photo-offered = Tu foto te espera
takehome-photo-offered-about = Se puede recoger una vez; después se borra.
takehome-photo-withdraw = Retirarla
takehome-photo-scan = Tu foto
# $time son minutos y segundos, como 4:59.
takehome-photo-left = Conéctate al wifi de la tienda y escanea. Se va en { $time }.
takehome-photo-code-spoken = Código QR de tu foto
takehome-photo-taken = Tu foto está en tu teléfono
takehome-photo-taken-about = Se recogió una vez y aquí está borrada.
takehome-photo-broken = Tu foto no llegó entera
takehome-photo-broken-about = Se cortó la conexión y aquí está borrada. Puedes ofrecerla de nuevo.
takehome-photo-expired = Se acabó el tiempo de tu foto
takehome-photo-expired-about = Nadie la recogió y aquí está borrada. Puedes ofrecerla de nuevo.
takehome-photo-failed = Ahora no se puede ofrecer tu foto
takehome-photo-failed-about = Pregunta al personal de la tienda. El código de tu look funciona igual.

## Papel

takehome-print = Imprimir mi look
takehome-print-photo = Imprimir con mi foto
takehome-printing = Imprimiendo…

## El final

takehome-done = He terminado: borrar todo
takehome-done-spoken = He terminado. Borrar mi imagen y todas mis elecciones
