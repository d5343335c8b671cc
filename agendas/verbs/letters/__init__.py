"""Messages queued for people and channels."""
