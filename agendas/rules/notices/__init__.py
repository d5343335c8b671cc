"""Unasked messages: who is told of what, and when."""
