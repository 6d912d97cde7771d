# The look to take home.

takehome-title = Take your look home
takehome-scan = Scan to take your look home
takehome-scan-about = Point your phone’s camera at the code. It holds products and amounts only: no picture, no name.
# The same beside the photo's code.
takehome-look = Your look
takehome-look-about = Products and amounts only: no picture, no name.
takehome-code-spoken = QR code of your look
takehome-no-code = This look holds nothing that this shop sells, so there is no code for it.
takehome-products = { $count ->
    [one] 1 product
   *[other] { $count } products
  }
takehome-total-spoken = Together { $total }
# Layers of a look that no shop sells.
takehome-unsold = { $count ->
    [one] One layer of this look is not sold here and stays out.
   *[other] { $count } layers of this look are not sold here and stay out.
  }

takehome-bare-title = You are not wearing any make-up yet
takehome-bare = Try a look or a single shade in the mirror. Then it can come home with you.
takehome-to-mirror = To the mirror

## Her photo

takehome-photo-title = Would you like your photo too?
takehome-photo-about = Only if you ask for it.
takehome-photo-add = Add my photo
takehome-photo-how = How your photo gets to you
# $minutes: how long it can be fetched.
takehome-photo-explained = It goes straight to your phone over this shop’s own network, once. After that, or after { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  }, it is deleted. On its way, others in this shop's network could see it.
takehome-photo-offer = Offer my photo
takehome-photo-no = No, thank you
takehome-photo-preparing = Your photo is being made…
takehome-photo-offered = Your photo is waiting
takehome-photo-offered-about = It can be fetched once, then it is deleted.
takehome-photo-withdraw = Take it back
takehome-photo-scan = Your photo
# $time is minutes and seconds, such as 4:59.
takehome-photo-left = Join the shop’s Wi-Fi, then scan. Gone in { $time }.
takehome-photo-code-spoken = QR code of your photo
takehome-photo-taken = Your photo is on your phone
takehome-photo-taken-about = It was fetched once and is deleted here.
takehome-photo-broken = Your photo did not arrive whole
takehome-photo-broken-about = The connection broke, so it is deleted here. You can offer it again.
takehome-photo-expired = The time for your photo is over
takehome-photo-expired-about = Nobody fetched it, so it is deleted here. You can offer it again.
takehome-photo-failed = Your photo cannot be offered just now
takehome-photo-failed-about = Please ask somebody of the shop. Your look’s code works all the same.

## Paper

takehome-print = Print my look
takehome-print-photo = Print with my photo
takehome-printing = Printing…

## The end

takehome-done = I’m done: wipe everything
takehome-done-spoken = I’m done. Wipe my picture and all my choices
