# Jusqu’à quatre teintes sur le même visage figé.

compare-title = Côte à côte
compare-about = La même image de vous, dans chaque teinte
# Ce qu’un lecteur d’écran dit d’un visage qui porte $shade.
compare-face = Vous avec { $shade }
compare-wear = Porter celle-ci
compare-worn = Vous la portez
compare-wear-spoken = Porter { $shade } et revenir au miroir
compare-empty = Encore une place. Choisissez une teinte ci-dessous.
compare-add-two = Choisissez au moins deux teintes à comparer
compare-add = Touchez une teinte pour l’ajouter ou la retirer
# Combien de teintes sont comparées, sur combien au plus.
compare-count = { $count } sur { $most }
compare-earlier = Teintes précédentes
compare-later = Autres teintes
