# Noms et mots communs à plusieurs écrans. Courts : ils figurent sur les boutons et dans la barre des catégories.

## Catégories de produits

category-foundation = Fond de teint
category-concealer = Anti-cernes
category-contour = Contouring
category-bronzer = Poudre de soleil
category-blush = Blush
category-highlighter = Enlumineur
category-eyeshadow = Fard à paupières
category-eyeliner = Eye-liner
category-brow = Sourcils
category-lens = Lentilles de couleur
category-lip-liner = Crayon à lèvres
category-lipstick = Rouge à lèvres
category-lip-gloss = Gloss
category-mascara = Mascara
category-lashes = Faux cils

## Finis

finish-matte = Mat
finish-satin = Satiné
finish-cream = Crémeux
finish-gloss = Brillant
finish-metallic = Métallisé
finish-shimmer = Irisé
finish-glitter = Pailleté
finish-sheer = Transparent

## Parties du visage

part-face = Teint
part-cheeks = Joues
part-eyes = Yeux
part-brows = Sourcils
part-lips = Lèvres

## Mots des boutons

word-yes = Oui
word-no = Non
word-ok = D’accord
word-back = Retour
word-next = Suivant
word-close = Fermer
word-done = Terminé
word-cancel = Annuler
word-undo = Défaire
word-redo = Refaire
word-clear = Tout effacer
word-remove = Retirer
word-more = Plus
word-less = Moins
word-on = Activé
word-off = Désactivé
word-none = Aucun
word-all = Tout
word-language = Langue
word-help = Aide
word-start-over = Recommencer

## Mots des produits

word-brand = Marque
word-shade = Teinte
word-finish = Fini
word-amount = Intensité
word-price = Prix
word-ingredients = Ingrédients
word-look = Look
word-looks = Looks
word-favourites = Favoris

stock-in = En stock
stock-few = Derniers exemplaires
stock-out = Épuisé
shade-count = { $count ->
    [one] { $count } teinte
    [many] { $count } de teintes
   *[other] { $count } teintes
  }

## Sous-tons de la peau et du fond de teint

undertone-cool = Froid
undertone-neutral = Neutre
undertone-warm = Chaud
undertone-olive = Olive
