"""Reads of reviews that are over, for what counts from them on."""
