"""Sending queued messages, once and in order, at Slack's pace."""
