# La fiche d’un produit.

card-ingredients = Ingrédients : scannez avec votre téléphone
card-carbon = Empreinte carbone : { $grams } g CO₂e
card-try = Essayer
card-done = Garder
card-save = Enregistrer
card-saved = Enregistré
