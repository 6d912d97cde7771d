# Palabras breves que pasan sobre la imagen: lo que se acaba de hacer o no se pudo hacer.

## Se escaneó un código

scan-unknown = Esta tienda no conoce ese código.
# $about: el nombre del producto. Espera hasta que se elija un rostro.
scan-waiting = { $about } te espera. Elige cómo probarlo.
scan-look = El look que escaneaste te espera.
scan-look-without-products = El look que escaneaste te espera, sin los productos que esta tienda no tiene.
scan-look-without-masks = El look que escaneaste te espera. Las formas que esta tienda no tiene van en su lugar habitual.
scan-look-without-both = El look que escaneaste te espera, sin los productos ni las formas que esta tienda no tiene.
scan-look-none = Esta tienda no tiene ningún producto de ese look.

## Rostros y cámara

models-unreadable = No se puede mostrar este rostro. Elige otro, por favor.
mirror-camera-missing = No hay cámara. En su lugar ves una demo.
mirror-camera-busy = La cámara está en uso en otra parte. En su lugar ves una demo.
mirror-camera-lost = La cámara se ha parado. En su lugar ves una demo.
mirror-camera-frozen = La imagen de la cámara no se mueve. En su lugar ves una demo.
mirror-camera-black = La cámara solo ve negro. En su lugar ves una demo.
mirror-camera-off = La cámara está apagada. En su lugar ves una demo.

## Papel

takehome-printed = Tu look va camino de la impresora.
takehome-print-failed = No se pudo imprimir tu look. Pregunta al personal de la tienda.
takehome-print-title = Tu look
takehome-print-hint = Escanea para volver a ver este look

## Para la tienda

merchant-saved = Guardado como { $about }
merchant-not-saved = No se guardó: { $about }
merchant-picture-lost = No se guardó: hubo que reiniciar la tarjeta gráfica. Pídalo otra vez.
merchant-file-error = Un archivo no se puede usar: { $about }
