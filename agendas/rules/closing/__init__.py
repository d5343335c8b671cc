"""Rules of how reviews are closed."""
