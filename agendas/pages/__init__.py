"""Neutral pages, the sentences in them, and their rendering to Block Kit and plain text."""
