# Nadie ha tocado la pantalla desde hace un rato.

idle-title = ¿Sigues ahí?
idle-more = Si no, se borra todo para la próxima visita.
# Nombre del anillo con los segundos, para un lector de pantalla.
idle-left = Segundos restantes
idle-here = Sigo aquí
idle-done = He terminado
# Se dice en voz alta, si la tienda lo desea.
idle-spoken = ¿Sigues ahí? Toca la pantalla para continuar.
