# Ce qui rend l’écran plus facile à utiliser. Sur des boutons qui restent enfoncés.

access-large-text = Texte agrandi
# Toutes les commandes passent dans le bas de l’écran.
access-reach = Boutons en bas
