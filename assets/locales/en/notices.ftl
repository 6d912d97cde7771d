# Short words that come and go over the picture: what was just done, or could not be done.

## A code was scanned

scan-unknown = This shop does not know that code.
# $about: the product's name. It waits until a face is chosen.
scan-waiting = { $about } is ready. Choose how to try it on.
scan-look = The look you scanned is ready.
scan-look-without-products = The look you scanned is ready, without the products that this shop does not have.
scan-look-without-masks = The look you scanned is ready. Shapes that this shop does not have go on in the usual place.
scan-look-without-both = The look you scanned is ready, without the products and shapes that this shop does not have.
scan-look-none = This shop has none of the products in that look.

## Faces and the camera

models-unreadable = This face cannot be shown. Please choose another.
mirror-camera-missing = No camera was found. You see a demo instead.
mirror-camera-busy = The camera is in use elsewhere. You see a demo instead.
mirror-camera-lost = The camera has stopped. You see a demo instead.
mirror-camera-frozen = The camera’s picture stands still. You see a demo instead.
mirror-camera-black = The camera sees only black. You see a demo instead.
mirror-camera-off = The camera is off. You see a demo instead.

## Paper

takehome-printed = Your look has gone to the printer.
takehome-print-failed = Your look could not be printed. Please ask somebody of the shop.
# On the page, where the look has no name of its own.
takehome-print-title = Your look
# On the page, beside the code.
takehome-print-hint = Scan to see this look again

## For the shop

# $about: the picture's file.
merchant-saved = Saved as { $about }
# $about: why, in English.
merchant-not-saved = Not saved: { $about }
# The graphics device was lost while the picture was made.
merchant-picture-lost = Not saved: the graphics card had to be restarted. Please ask for it again.
# $about: which file and why, in English.
merchant-file-error = A file cannot be used: { $about }
