# A product's card.

card-ingredients = Ingredients: scan with your phone
card-carbon = Carbon footprint: { $grams } g CO₂e
card-try = Try it on
card-done = Keep it on
card-save = Save
card-saved = Saved
