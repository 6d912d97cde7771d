# Ce que ferait la caméra, et oui ou non. Un marché qui a son propre texte ajoute des messages comme consent-eu-title.

consent-title = Pouvons-nous allumer la caméra ?
consent-lede = L’écran devient un miroir, et vous voyez le maquillage sur votre propre visage. L’intelligence artificielle modifie l’image.
consent-what = Elle mesure votre visage
consent-what-more = Elle repère 478 points de votre visage (sa géométrie) pour placer le maquillage, jamais pour savoir qui vous êtes.
consent-kept = Rien n’est conservé
consent-kept-more = Aucune image ni mesure n’est enregistrée, et aucune ne quitte ce miroir, sauf si vous demandez une photo ou une impression à la fin.
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
# Mène à la page ci-dessous.
consent-retention = Ce qui est conservé, et comment c’est effacé

## États-Unis : certains États demandent une autorisation écrite qui nomme la géométrie du visage

consent-us-lede = L’écran devient un miroir, et vous voyez le maquillage sur votre propre visage. L’intelligence artificielle modifie l’image. En touchant « J’accepte », vous signez une autorisation écrite pour cela.
consent-us-what-more = Elle repère 478 points de votre visage (la géométrie du visage, que certains États nomment donnée biométrique) pour placer le maquillage, pendant cette visite seulement, jamais pour savoir qui vous êtes.
consent-us-yes = J’accepte, utiliser la caméra

## La page sur ce qui est conservé

retention-title = Ce qui est conservé, et comment c’est effacé
retention-kept = Après votre visite : rien
retention-kept-more = Les images, les mesures de votre visage, votre teint et ce que vous essayez ne sont que dans la mémoire de cette machine, et seulement pendant que vous l’utilisez.
retention-long = Pendant combien de temps
# $minutes : après tant de minutes sans contact, au plus tard.
retention-long-more = Jusqu’à ce que vous touchiez « J’ai terminé ». Si vous vous éloignez simplement, au plus tard { $minutes ->
    [one] une minute
    [many] { $minutes } de minutes
   *[other] { $minutes } minutes
  } après votre dernier contact avec l’écran.
retention-erase = Comment c’est effacé
retention-erase-more = La caméra se ferme et la mémoire est réécrite. Il n’existe nulle part de copie à remettre ou à supprimer plus tard.
retention-photo = Une photo, si vous la demandez
# $minutes : combien de temps on peut la récupérer.
retention-photo-more = Elle arrive une seule fois sur votre téléphone, par le réseau de cette boutique, et elle est supprimée au plus tard après { $minutes ->
    [one] une minute
    [many] { $minutes } de minutes
   *[other] { $minutes } minutes
  }.
retention-counted = Ce qui est compté
retention-counted-more = Combien de personnes acceptent dans une journée. Rien sur qui elles sont.
retention-contact = Questions
