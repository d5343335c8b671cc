"""Previews and summaries of imported files, with the reason for each row."""
