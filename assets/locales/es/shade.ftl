# El tono de piel leído en la imagen en vivo, y las bases que le van.

shade-title = Encontrar mi tono
shade-about = El espejo mira unos segundos la piel sin maquillaje de tus mejillas y tu frente, y ordena las bases de esta tienda según cómo quedarían de verdad en ella. Si quieres más precisión, quítate antes las gafas y la base.
shade-read = Leer mi tono de piel
shade-again = Leer de nuevo
shade-looking = Leyendo tu tono de piel
shade-looking-about = Mira de frente al espejo un momento, por favor.
shade-still = No te muevas, por favor
shade-used = Se usa: solo el color de tu piel en esta imagen; desaparece cuando te vas.
shade-suggest = Sugerirme tonos
shade-off-title = Sugerencias desactivadas
shade-off = El espejo no lee nada de tu imagen. Activa las sugerencias si quieres bases que vayan bien con tu piel.
shade-off-shop = Esta tienda no hace sugerencias a partir de imágenes. Todos los tonos se pueden probar en el espejo.

## Qué impide leer, y qué hacer

shade-too-dark = Hay poca luz en tu rostro. Acércate a una lámpara o pide más luz.
shade-too-bright = La luz en tu rostro es demasiado fuerte. Retrocede un poco o apártate de la lámpara.
shade-too-coloured = Aquí la luz tiene color. Gírate hacia una luz blanca o natural.
shade-too-few = Tus mejillas y tu frente se ven mal. Acércate y aparta el pelo, las manos o la mascarilla.
shade-too-uneven = Un lado de tu rostro tiene mucha más luz. Gírate para que la luz llegue por igual a los dos lados.
shade-too-odd = Mira de frente al espejo, con luz blanca y uniforme, por favor.

shade-failed-dark = Hay poca luz para saberlo
shade-failed-bright = Hay demasiada luz para saberlo
shade-failed-coloured = La luz tiene demasiado color para saberlo
shade-failed-few = Se ve muy poca piel para saberlo
shade-failed-uneven = La luz es muy desigual para saberlo
shade-failed-odd = Con esta luz no se puede saber

## Dónde colocarse

shade-framing-nobody = Colócate ante el espejo
shade-framing-closer = Acércate un poco
shade-framing-back = Retrocede un poco
shade-framing-right = Un poco a la derecha
shade-framing-left = Un poco a la izquierda
shade-framing-lower = Tu rostro queda muy arriba: agáchate o inclina el espejo
shade-framing-higher = Tu rostro queda muy abajo: súbelo o inclina el espejo

## Lo que se encontró

shade-done = Tus tonos
# Lo que dice un lector de pantalla de un disco del color de la piel.
shade-skin = El color de tu piel en esta imagen
shade-none = Esta tienda no vende ninguna base que comparar.
# $steps es una diferencia de luminosidad en una escala de 100.
shade-doubt-little = Aquí la luz se conoce bien: tu piel se lee con ± { $steps } de 100 en luminosidad.
shade-doubt-some = Esta luz deja alguna duda (± { $steps } de 100 en luminosidad): quizá te vaya mejor medio tono más claro o más oscuro.
shade-doubt-much = El espejo no puede saber cuánta luz hay (± { $steps } de 100 en luminosidad): quizá te vayan mejor uno o dos tonos más claros o más oscuros.

# Cuánto se acerca una base a la piel. $delta es la diferencia ΔE00.
shade-delta-unseen = Se funde con tu piel: ΔE { $delta }
shade-delta-hair = Por un pelo: ΔE { $delta }
shade-delta-close = Muy parecido: ΔE { $delta }
shade-delta-near = Parecido: ΔE { $delta }
shade-delta-far = Se nota la diferencia: ΔE { $delta }

# Con qué certeza ningún otro tono de esta tienda es visiblemente mejor.
shade-sure-high = Sin duda el mejor ({ $percent })
shade-sure-good = Probablemente el mejor ({ $percent })
shade-sure-some = Quizá el mejor ({ $percent })
shade-sure-low = Difícilmente el mejor ({ $percent })

# En qué difiere de la piel sin maquillaje.
shade-same = Igual de claro y cálido
shade-lighter = Más claro
shade-darker = Más oscuro
shade-warmer = Más cálido
shade-cooler = Más frío
shade-lighter-warmer = Más claro y cálido
shade-lighter-cooler = Más claro y frío
shade-darker-warmer = Más oscuro y cálido
shade-darker-cooler = Más oscuro y frío

shade-wear = Poner
shade-worn = Puesto
shade-wear-spoken = Poner { $shade }
shade-jaw = Probar 1, 2, 3 en mi mandíbula
shade-jaw-legend = En tu mandíbula, de izquierda a derecha:
shade-jaw-one = { $number }: { $shade }
shade-earlier = Tonos más afines
shade-later = Más tonos afines
