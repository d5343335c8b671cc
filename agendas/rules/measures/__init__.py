"""Measures of the whole program over a period, each from its definition."""
