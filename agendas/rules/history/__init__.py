"""Folding events into the state of an account."""
