"""Nudges: when what is open is shown again, to whom it goes after its limit, and when no review is held."""
