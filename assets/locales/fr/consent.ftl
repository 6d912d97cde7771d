# Ce que ferait la caméra, et oui ou non. Un marché qui a son propre texte ajoute des messages comme consent-eu-title.

consent-title = Pouvons-nous allumer la caméra ?
consent-lede = L’écran devient un miroir, et vous voyez le maquillage sur votre propre visage.
consent-what = Elle cherche un visage
consent-what-more = Pour placer le maquillage, jamais pour savoir qui vous êtes.
consent-kept = Rien n’est conservé
consent-kept-more = Aucune image n’est enregistrée et aucune ne quitte ce miroir, sauf si vous demandez une photo à la fin.
consent-long = Tout s’arrête à votre départ
# $minutes : après tant de minutes sans contact, au plus tard, tout est effacé.
consent-long-more = Touchez « J’ai terminé » ou éloignez-vous : la caméra s’éteint et tout est effacé, dans { $minutes ->
    [one] la minute qui suit
    [many] les { $minutes } de minutes qui suivent
   *[other] les { $minutes } minutes qui suivent
  } votre dernier contact avec l’écran.
# Les deux réponses, côte à côte et de même force.
consent-yes = Oui, utiliser la caméra
consent-model = Essayer plutôt sur un modèle
# Au pied, en petit. $market : son signe, comme EU.
consent-version = { $market } · texte de consentement, version { $version }
