# Le miroir : son visage et tout ce qui peut s’y poser. Les mots figurent sur de petits boutons : qu’ils soient courts.

mirror-saved = Favoris
mirror-take-home = Emporter
mirror-compare = Comparer
mirror-my-shade = Ma teinte
mirror-changed = Ce qui a changé
mirror-clear = Tout retirer
mirror-before-after = Avant / après
mirror-before = Avant
mirror-after = Après
# La ligne entre avant et après, et les pas qui la déplacent.
mirror-wipe = Là où le maquillage commence
mirror-wipe-left = Déplacer la ligne vers la gauche
mirror-wipe-right = Déplacer la ligne vers la droite
# Quelqu’un devant le miroir, en comptant depuis la gauche.
mirror-person = Personne { $number }

## Produits

mirror-touch-a-shade = Touchez une teinte pour la voir sur vous.
# La case qui retire ce qui est porté.
mirror-without = Sans
# Sous un produit qui appartient à un look et n’est pas vendu seul.
mirror-own-recipe = Fait partie de ce look
mirror-card = À propos de ce produit
mirror-save = Enregistrer ce produit
mirror-compare-this = Comparer cette teinte à d’autres
mirror-less = Moins
mirror-more = Plus
mirror-rail-back = Voir les précédents
mirror-rail-on = Voir la suite
mirror-nothing-saved = Touchez le cœur à côté d’une teinte qui vous plaît. Vous la retrouverez ici.

## Messages

mirror-full = C’est le maximum pour un visage. Retirez d’abord quelque chose.
mirror-out-of-stock = Épuisé ici aujourd’hui : { $about }. L’essai reste possible.

## Comment se placer

mirror-framing-nobody = Approchez et regardez le miroir
mirror-framing-closer = Approchez un peu
mirror-framing-back = Reculez d’un pas, merci
mirror-framing-right = Un peu à droite
mirror-framing-left = Un peu à gauche
mirror-framing-lower = Un peu plus bas
mirror-framing-higher = Un peu plus haut

## Ce que la lumière fait aux couleurs

mirror-light-coloured = La lumière est colorée ici : les teintes ne sont pas fiables.
mirror-light-bright = La lumière est trop forte ici : les teintes ne sont pas fiables.

## Pourquoi elle ne se voit pas

mirror-demo-not-found = Aucune caméra trouvée. Ceci est une démo.
mirror-demo-busy = La caméra est utilisée ailleurs. Ceci est une démo.
mirror-demo-lost = La caméra s’est arrêtée. Ceci est une démo.
mirror-demo-frozen = L’image de la caméra est figée. Ceci est une démo.
mirror-demo-black = La caméra ne voit que du noir. Ceci est une démo.
mirror-demo-off = La caméra est éteinte. Ceci est une démo.

## In the place of the picture while none comes

mirror-away-title = Un instant, s’il vous plaît
mirror-away-text = L’image revient tout de suite.
