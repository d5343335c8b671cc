"""Plays: the library and those running."""
