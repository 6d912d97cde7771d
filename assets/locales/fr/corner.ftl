# Ce que chaque écran offre dans son coin.

corner-access = Plus facile à utiliser
corner-large-text = Texte agrandi
corner-reach = Tous les boutons en bas
corner-end = J’ai terminé
corner-end-name = Terminer et tout oublier
