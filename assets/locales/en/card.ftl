# A product's card.

card-ingredients = Ingredients: scan with your phone
card-carbon = Carbon footprint: { $grams } g CO₂e
card-try = Try it on
card-done = Keep it on
card-save = Save
card-saved = Saved

## Claims that a catalogue may make by name

claim-vegan = Vegan
claim-refillable = Refillable
claim-fragrance-free = Without fragrance
claim-waterproof = Waterproof
claim-recycled-packaging = Recycled packaging
claim-reusable = Reusable
