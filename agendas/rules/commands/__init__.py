"""Typed words of each command read into values."""
