"""Help now: whom a person in danger or in distress can call, everywhere, signed in or not."""
