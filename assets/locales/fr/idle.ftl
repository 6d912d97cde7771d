# Personne n’a touché l’écran depuis un moment.

idle-title = Êtes-vous toujours là ?
idle-more = Sinon, tout est effacé pour la personne suivante.
# Nom de l’anneau des secondes, pour un lecteur d’écran.
idle-left = Secondes restantes
idle-here = Je suis là
idle-done = J’ai terminé
# Dit à voix haute, si la boutique le souhaite.
idle-spoken = Êtes-vous toujours là ? Touchez l’écran pour continuer.
