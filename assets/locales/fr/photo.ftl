# La page, sur le téléphone de la cliente, d’où elle récupère sa photo. La place ne manque pas.

photo-title = Votre photo
photo-lead = Vous pouvez la récupérer une seule fois. La borne l’efface ensuite.
photo-button = Récupérer ma photo
photo-fetching = Réception…
photo-keep = Pour la garder, touchez « Enregistrer » ou maintenez le doigt sur la photo. Elle n’existe plus que sur ce téléphone.
photo-save = Enregistrer
photo-gone = Cette photo n’est plus là
photo-gone-lead = Elle a déjà été récupérée, ou le délai est passé. Vous pouvez demander un nouveau code à la borne.
