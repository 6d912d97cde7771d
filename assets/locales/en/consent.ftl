# What the camera would do, and yes or no. A market with a text of its own adds messages like consent-eu-title; each
# stands in for the general one of the same name (title, lede, what, what-more, kept, kept-more, long, long-more).

consent-title = May we turn on the camera?
consent-lede = The screen becomes a mirror, and you see make-up on your own face. Artificial intelligence changes the picture.
consent-what = It measures your face
consent-what-more = It finds 478 points of your face (its geometry) to place the make-up, never to know who you are.
consent-kept = Nothing is kept
consent-kept-more = No picture and no measurement is saved, and none leaves this mirror, unless you ask for a photo or a print at the end.
consent-long = It ends when you leave
# $minutes: after so many minutes without a touch, at the latest, everything is erased.
consent-long-more = Tap “I’m done”, or walk away: then the camera turns off and all is erased, { $minutes ->
    [one] within a minute
   *[other] within { $minutes } minutes
  } of your last touch.
# The two answers, side by side and equally strong.
consent-yes = Yes, use the camera
consent-model = Try on a model instead
# At the foot, small. $market: its sign, such as EU.
consent-version = { $market } · consent text, version { $version }
# Leads to the page below.
consent-retention = What is kept, and how it is erased

## The United States: some states ask for a written release that names face geometry

consent-us-lede = The screen becomes a mirror, and you see make-up on your own face. Artificial intelligence changes the picture. By touching “I agree” you sign a written release for this.
consent-us-what-more = It finds 478 points of your face (face geometry, which some states call biometric data) to place the make-up, during this visit only, never to know who you are.
consent-us-yes = I agree, use the camera

## The page about what is kept

retention-title = What is kept, and how it is erased
retention-kept = After your visit: nothing
retention-kept-more = Pictures, measurements of your face, your skin tone and what you try on are only in this machine’s memory, and only while you use it.
retention-long = For how long
# $minutes: after so many minutes without a touch, at the latest.
retention-long-more = Until you touch “I’m done”. If you just walk away, until { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  } after your last touch, at the latest.
retention-erase = How it is erased
retention-erase-more = The camera is closed and the memory is overwritten. There is no copy anywhere that could be handed out or deleted later.
retention-photo = A photo, if you ask for one
# $minutes: how long it can be fetched.
retention-photo-more = It goes to your phone once, over this shop’s own network, and is deleted after { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
  } at the latest.
retention-counted = What is counted
retention-counted-more = How many people agree in a day. Nothing about who they are.
retention-contact = Questions
