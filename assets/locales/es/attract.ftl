# El cartel que ve quien pasa. La cámara está apagada.

# Grande; se muestra por turnos en cada idioma del mercado.
attract-begin = Toca para empezar
attract-camera-off = La cámara está apagada
