"""The reminder of a review to prepare: planned, sent once, snoozed and stopped."""
