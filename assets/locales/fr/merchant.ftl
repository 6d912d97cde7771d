# Le panneau de la boutique.

merchant-title = Pour la boutique
merchant-end = Terminer cette session
# Les deux moitiés du panneau.
merchant-shop = Boutique
merchant-screen = Écran

merchant-languages = Langue
merchant-market = Marché
merchant-switches = Sur cet écran
merchant-catalogue = Catalogue
merchant-timings = Durées

merchant-models = Modèles et photos maison
merchant-mirror = Retour au miroir
merchant-screenshot = Enregistrer l’écran
merchant-sheet = Enregistrer les looks

## Sous un nombre : combien il y en a

merchant-products = { $count ->
    [one] produit
    [many] de produits
   *[other] produits
  }
merchant-lines = { $count ->
    [one] gamme
    [many] de gammes
   *[other] gammes
  }
merchant-looks = { $count ->
    [one] look
    [many] de looks
   *[other] looks
  }
merchant-faces = { $count ->
    [one] visage
    [many] de visages
   *[other] visages
  }
merchant-sound = Tous les fichiers sont bons

## Le tableau des durées

merchant-stage = Étape
merchant-median = Médiane
merchant-most = 95 %
merchant-worst = Pire
merchant-no-timings = Rien n’a encore été mesuré.

merchant-wrong-pin = Ce n’est pas le bon code.

# À côté du marché, si la boutique compte les accords.
merchant-agreed = { $count ->
    [one] { $count } personne a accepté aujourd’hui
    [many] { $count } de personnes ont accepté aujourd’hui
   *[other] { $count } personnes ont accepté aujourd’hui
  }
