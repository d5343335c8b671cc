"""Follow-ups of blockers and asks, and when the work of people is looked at."""
