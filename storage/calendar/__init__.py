"""Calendars of reviews that people subscribe to."""
