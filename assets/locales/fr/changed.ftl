# Ce qui a été modifié dans l’image figée.

changed-title = Ce qui a changé
changed-frozen = Ce que vous voyez
changed-map = Modifié, en couleur
changed-counting = Comptage des pixels modifiés…
# $part est un pourcentage, ou le message suivant.
changed-part = Le maquillage a modifié { $part } des pixels de cette image.
changed-under-one = moins de 1 %
changed-nothing = Rien n’a été modifié dans cette image.
changed-bit-for-bit = Sans produits, l’image est celle de la caméra, au bit près.
# $most est un écart sur 255.
changed-differs = Sans produits, aucun pixel ne s’écarte de celui de la caméra de plus de { $most } sur 255.
changed-converted = Cette caméra envoie les couleurs à sa manière. Elles sont converties pour l’écran, et rien d’autre ne leur est fait.

changed-layers = { $count ->
    [one] Une couche de maquillage
    [many] { $count } de couches de maquillage
   *[other] { $count } couches de maquillage
  }
changed-bare = Vous ne portez pas de maquillage

changed-else-title = Rien d’autre n’est touché
changed-else = Ni lissage, ni amincissement, ni dents plus blanches, ni yeux plus grands. Votre peau reste votre peau.
changed-picture-title = Votre image reste ici
# Secondes sans personne devant le miroir.
changed-picture = Elle n’est que dans la mémoire de ce miroir, et elle est effacée quand vous avez terminé ou { $seconds ->
    [one] une seconde
    [many] { $seconds } de secondes
   *[other] { $seconds } secondes
  } après votre départ.
changed-suggest-title = Pourquoi une teinte a été suggérée
changed-suggest-tone = D’après une seule chose : la couleur de vos joues et de votre front, lue quand vous l’avez demandé. Ni votre âge, ni votre sexe, ni qui vous êtes.
changed-suggest-none = Aucune de vos données n’a été utilisée : vous n’avez pas demandé votre teinte.
changed-suggest-off = Les suggestions sont désactivées. Aucune de vos données n’est utilisée.

## Où se trouve une couche

changed-at-skin = sur toute la peau
changed-at-under-eye = sous les yeux
changed-at-contour = sous les pommettes et le long de la mâchoire
changed-at-sun = là où le soleil se poserait
changed-at-cheeks = sur les joues
changed-at-high-points = là où la lumière accroche
changed-at-lids = sur les paupières
changed-at-outer-corner = au coin externe des yeux
changed-at-inner-corner = au coin interne des yeux
changed-at-crease = dans le creux des paupières
changed-at-brow-bone = sous les sourcils
changed-at-lash-line = au ras des cils
changed-at-lower-lash = au ras des cils inférieurs
changed-at-brows = dans les sourcils
changed-at-irises = sur les iris
changed-at-lip-edge = au contour des lèvres
changed-at-lip-centre = au centre des lèvres
changed-at-lips = sur les lèvres
changed-at-lashes = sur les cils
changed-at-jaw = sur la ligne de la mâchoire
changed-at-spot = sur quelques points isolés
