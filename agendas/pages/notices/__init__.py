"""Unasked messages to one person."""
