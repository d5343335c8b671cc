"""Buying group: roles, coverage, titles, gaps."""
