"""Reads and writes for measures of the whole program: what was known at an instant, and what past months said."""
