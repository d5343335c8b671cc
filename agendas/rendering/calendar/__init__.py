"""Calendars as other programs read them."""
