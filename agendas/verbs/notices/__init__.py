"""Unasked messages: queued as each person wants them."""
