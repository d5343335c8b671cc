"""Neutral page to Block Kit or plain text; sentences by Jinja."""
