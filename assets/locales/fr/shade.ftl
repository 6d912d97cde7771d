# La carnation lue dans l’image en direct, et les fonds de teint qui lui vont.

shade-title = Trouver ma teinte
shade-about = Le miroir regarde quelques secondes la peau nue de vos joues et de votre front, puis classe les fonds de teint de cette boutique selon leur vrai rendu sur elle. Pour plus de précision, retirez d’abord lunettes et fond de teint.
shade-read = Lire ma carnation
shade-again = Lire à nouveau
shade-looking = Lecture de votre carnation
shade-looking-about = Regardez le miroir bien en face un instant, s’il vous plaît.
shade-still = Ne bougez plus, merci
shade-used = Utilisé : seulement la couleur de votre peau dans cette image, effacée à votre départ.
shade-suggest = Me suggérer des teintes
shade-off-title = Suggestions désactivées
shade-off = Le miroir ne lit rien dans votre image. Activez les suggestions si vous souhaitez des fonds de teint qui vont à votre peau.
shade-off-shop = Cette boutique ne fait pas de suggestions d’après des images. Chaque teinte peut s’essayer dans le miroir.

## Ce qui gêne la lecture, et que faire

shade-too-dark = Il y a trop peu de lumière sur votre visage. Approchez-vous d’une lampe ou demandez plus de lumière.
shade-too-bright = La lumière sur votre visage est trop forte. Reculez un peu ou détournez-vous de la lampe.
shade-too-coloured = Ici, la lumière est colorée. Tournez-vous vers une lumière blanche ou vers le jour.
shade-too-few = Vos joues et votre front se voient mal. Approchez, et écartez cheveux, mains ou masque.
shade-too-uneven = Un côté de votre visage est bien plus clair. Tournez-vous pour que la lumière touche également les deux côtés.
shade-too-odd = Regardez le miroir bien en face, dans une lumière blanche et égale, s’il vous plaît.

shade-failed-dark = Trop sombre ici pour le dire
shade-failed-bright = Trop clair ici pour le dire
shade-failed-coloured = Lumière trop colorée pour le dire
shade-failed-few = Trop peu de peau visible pour le dire
shade-failed-uneven = Lumière trop inégale pour le dire
shade-failed-odd = Impossible à dire dans cette lumière

## Où se placer

shade-framing-nobody = Placez-vous devant le miroir
shade-framing-closer = Approchez un peu
shade-framing-back = Reculez un peu
shade-framing-right = Un peu plus à droite
shade-framing-left = Un peu plus à gauche
shade-framing-lower = Vous êtes haut dans l’image : baissez-vous ou inclinez le miroir
shade-framing-higher = Vous êtes bas dans l’image : redressez-vous ou inclinez le miroir

## Ce qui a été trouvé

shade-done = Vos teintes
# Ce qu’un lecteur d’écran dit d’un disque de la couleur de la peau.
shade-skin = La couleur de votre peau dans cette image
shade-none = Cette boutique ne vend pas de fond de teint à comparer.
# $steps est un écart de clarté sur une échelle de 100.
shade-doubt-little = Ici, la lumière est bien connue : votre peau est lue à ± { $steps } sur 100 en clarté.
shade-doubt-some = Cette lumière laisse un doute (± { $steps } sur 100 en clarté) : une demi-teinte plus claire ou plus foncée vous irait peut-être mieux.
shade-doubt-much = Le miroir ne peut pas dire si cette lumière est forte (± { $steps } sur 100 en clarté) : une ou deux teintes plus claires ou plus foncées vous iraient peut-être mieux.

# À quel point un fond de teint approche de la peau. $delta est l’écart ΔE00.
shade-delta-unseen = Se fond dans votre peau : ΔE { $delta }
shade-delta-hair = À un cheveu près : ΔE { $delta }
shade-delta-close = Très proche : ΔE { $delta }
shade-delta-near = Proche : ΔE { $delta }
shade-delta-far = Différence visible : ΔE { $delta }

# À quel point il est sûr qu’aucune autre teinte de cette boutique n’est visiblement meilleure.
shade-sure-high = Certainement la meilleure ({ $percent })
shade-sure-good = Probablement la meilleure ({ $percent })
shade-sure-some = Peut-être la meilleure ({ $percent })
shade-sure-low = Guère la meilleure ({ $percent })

# En quoi elle diffère de la peau nue.
shade-same = Aussi claire et chaude
shade-lighter = Plus claire
shade-darker = Plus foncée
shade-warmer = Plus chaude
shade-cooler = Plus froide
shade-lighter-warmer = Plus claire et chaude
shade-lighter-cooler = Plus claire et froide
shade-darker-warmer = Plus foncée et chaude
shade-darker-cooler = Plus foncée et froide

shade-wear = Porter
shade-worn = Portée
shade-wear-spoken = Porter { $shade }
shade-jaw = Essayer 1, 2, 3 sur ma mâchoire
shade-jaw-legend = Sur votre mâchoire, de gauche à droite :
shade-jaw-one = { $number } : { $shade }
shade-earlier = Teintes plus proches
shade-later = Autres teintes proches
