# De courts messages qui passent sur l’image : ce qui vient d’être fait, ou n’a pas pu l’être.

## Un code a été scanné

scan-unknown = Cette boutique ne connaît pas ce code.
# $about : le nom du produit. Il attend qu’un visage soit choisi.
scan-waiting = { $about } vous attend. Choisissez comment l’essayer.
scan-look = Le look scanné vous attend.
scan-look-without-products = Le look scanné vous attend, sans les produits que cette boutique n’a pas.
scan-look-without-masks = Le look scanné vous attend. Les formes que cette boutique n’a pas sont posées à leur place habituelle.
scan-look-without-both = Le look scanné vous attend, sans les produits ni les formes que cette boutique n’a pas.
scan-look-none = Cette boutique n’a aucun des produits de ce look.

## Visages et caméra

models-unreadable = Ce visage ne peut pas être affiché. Merci d’en choisir un autre.
mirror-camera-missing = Aucune caméra trouvée. Vous voyez une démo à la place.
mirror-camera-busy = La caméra est utilisée ailleurs. Vous voyez une démo à la place.
mirror-camera-lost = La caméra s’est arrêtée. Vous voyez une démo à la place.
mirror-camera-frozen = L’image de la caméra est figée. Vous voyez une démo à la place.
mirror-camera-black = La caméra ne voit que du noir. Vous voyez une démo à la place.
mirror-camera-off = La caméra est éteinte. Vous voyez une démo à la place.

## Papier

takehome-printed = Votre look est parti à l’imprimante.
takehome-print-failed = Votre look n’a pas pu être imprimé. Adressez-vous à l’équipe de la boutique.
takehome-print-title = Votre look
takehome-print-hint = Scannez pour revoir ce look

## Pour la boutique

merchant-saved = Enregistré sous { $about }
merchant-not-saved = Non enregistré : { $about }
merchant-picture-lost = Non enregistré : la carte graphique a dû être redémarrée. Veuillez recommencer.
merchant-file-error = Un fichier est inutilisable : { $about }
