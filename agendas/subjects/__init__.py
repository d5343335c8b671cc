"""What an account's history is about besides its movement: fit, people, narrative, product, plays, deals, signals."""
