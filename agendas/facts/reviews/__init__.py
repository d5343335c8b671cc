"""Cadences, their reviews, what is told of an account there, and how people prepare it."""
