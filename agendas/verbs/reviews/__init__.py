"""Cadences and their reviews: scheduled, opened, started, closed."""
