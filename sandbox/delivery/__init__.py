"""Delivery to the app: events, commands and interactions, by Socket Mode or signed HTTP."""
