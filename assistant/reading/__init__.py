"""Reads questions into queries, by rules."""
