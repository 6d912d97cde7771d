# The page on the shopper's own phone from which she fetches her picture. There is room: whole sentences are welcome.

photo-title = Your picture
photo-lead = You can fetch it once. Then the kiosk deletes it.
photo-button = Get my picture
photo-fetching = Fetching…
photo-keep = To keep it, tap Save or hold your finger on the picture. It is on this phone only.
photo-save = Save
photo-gone = This picture is gone
photo-gone-lead = It was fetched already, or its time is over. You can ask for a new code at the kiosk.
