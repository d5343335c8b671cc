"""Actions and look-ups of people and of the schedule, over a database session; each runs in one transaction."""
