# La fiche d’un produit.

card-ingredients = Ingrédients : scannez avec votre téléphone
card-carbon = Empreinte carbone : { $grams } g CO₂e
card-try = Essayer
card-done = Garder
card-save = Enregistrer
card-saved = Enregistré

## Ce que peut promettre un produit ; les mots propres à la boutique restent tels quels

claim-vegan = Végan
claim-refillable = Rechargeable
claim-fragrance-free = Sans parfum
claim-waterproof = Waterproof
claim-recycled-packaging = Emballage recyclé
claim-reusable = Réutilisable
