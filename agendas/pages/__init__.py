"""Neutral pages: the content of messages, cards and form pages, by subject."""
