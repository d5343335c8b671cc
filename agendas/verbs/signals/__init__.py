"""Signals posted by other programs."""
