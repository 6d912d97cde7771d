# What the camera would do, and yes or no. A market with a text of its own adds messages like consent-eu-title; each
# stands in for the general one of the same name (title, lede, what, what-more, kept, kept-more, long, long-more).

consent-title = May we turn on the camera?
consent-lede = The screen becomes a mirror, and you see make-up on your own face.
consent-what = It looks for a face
consent-what-more = To place the make-up, never to know who you are.
consent-kept = Nothing is kept
consent-kept-more = No picture is saved and none leaves this mirror, unless you ask for a photo at the end.
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
