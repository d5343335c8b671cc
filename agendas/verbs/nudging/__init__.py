"""Nudges: overdue work on working mornings, follow-ups of blockers and asks."""
