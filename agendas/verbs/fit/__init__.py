"""Asking for fit scores and recording them."""
