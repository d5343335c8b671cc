"""Narratives: certain refusals and age."""
