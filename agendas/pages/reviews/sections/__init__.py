"""Sections of an account's agenda, each with its examples."""
