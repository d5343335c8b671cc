"""Look-ups of things of accounts, of reviews and of our own people."""
