# Le look à emporter.

takehome-title = Emportez votre look
takehome-scan = Scannez pour emporter votre look
takehome-scan-about = Visez le code avec l’appareil photo de votre téléphone. Il ne contient que produits et intensités : ni image, ni nom.
# De même à côté du code de la photo.
takehome-look = Votre look
takehome-look-about = Produits et intensités seulement : ni image, ni nom.
takehome-code-spoken = Code QR de votre look
takehome-no-code = Ce look ne contient rien que vende cette boutique : il n’a donc pas de code.
takehome-products = { $count ->
    [one] { $count } produit
    [many] { $count } de produits
   *[other] { $count } produits
  }
takehome-total-spoken = Au total { $total }
# Couches d’un look qu’aucune boutique ne vend.
takehome-unsold = { $count ->
    [one] Une couche de ce look n’est pas vendue ici et reste de côté.
    [many] { $count } de couches de ce look ne sont pas vendues ici et restent de côté.
   *[other] { $count } couches de ce look ne sont pas vendues ici et restent de côté.
  }

takehome-bare-title = Pas encore de maquillage
takehome-bare = Essayez un look ou une seule teinte dans le miroir. Vous pourrez ensuite l’emporter chez vous.
takehome-to-mirror = Vers le miroir

## Sa photo

takehome-photo-title = Et aussi votre photo ?
takehome-photo-about = Seulement si vous la demandez.
takehome-photo-add = Ajouter ma photo
takehome-photo-how = Comment vous recevez votre photo
# $minutes : combien de temps elle peut être récupérée.
takehome-photo-explained = Elle va tout droit sur votre téléphone par le réseau propre à cette boutique, une seule fois. Ensuite, ou après { $minutes ->
    [one] une minute
    [many] { $minutes } de minutes
   *[other] { $minutes } minutes
  }, elle est effacée. En chemin, d’autres sur le réseau de la boutique pourraient la voir.
takehome-photo-offer = Proposer ma photo
takehome-photo-no = Non, merci
takehome-photo-preparing = Préparation de votre photo…
takehome-photo-offered = Votre photo vous attend
takehome-photo-offered-about = Elle peut être récupérée une fois, puis elle est effacée.
takehome-photo-withdraw = La retirer
takehome-photo-scan = Votre photo
# $time : minutes et secondes, comme 4:59.
takehome-photo-left = Rejoignez le Wi-Fi de la boutique, puis scannez. Disparaît dans { $time }.
takehome-photo-code-spoken = Code QR de votre photo
takehome-photo-taken = Votre photo est sur votre téléphone
takehome-photo-taken-about = Elle a été récupérée une fois et est effacée ici.
takehome-photo-broken = Votre photo n’est pas arrivée entière
takehome-photo-broken-about = La connexion a été coupée ; la photo est effacée ici. Vous pouvez la proposer à nouveau.
takehome-photo-expired = Le temps pour votre photo est écoulé
takehome-photo-expired-about = Personne ne l’a récupérée ; elle est effacée ici. Vous pouvez la proposer à nouveau.
takehome-photo-failed = Votre photo ne peut être proposée pour l’instant
takehome-photo-failed-about = Adressez-vous à l’équipe de la boutique. Le code de votre look fonctionne quand même.

## Papier

takehome-print = Imprimer mon look
takehome-print-photo = Imprimer avec ma photo
takehome-printing = Impression…

## La fin

takehome-done = J’ai terminé : tout effacer
takehome-done-spoken = J’ai terminé. Effacer mon image et tous mes choix
