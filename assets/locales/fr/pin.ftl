# L’équipe saisit le code de la boutique.

pin-title = Code de l’équipe
pin-erase = Effacer le dernier chiffre
# Pour un lecteur d’écran.
pin-typed = { $count ->
    [one] { $count } chiffre saisi
    [many] { $count } de chiffres saisis
   *[other] { $count } chiffres saisis
  }
