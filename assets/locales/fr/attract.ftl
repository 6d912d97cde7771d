# L’affiche que voient les passants. La caméra est éteinte.

# En grand ; affiché tour à tour dans chaque langue du marché.
attract-begin = Touchez pour commencer
attract-camera-off = La caméra est éteinte
