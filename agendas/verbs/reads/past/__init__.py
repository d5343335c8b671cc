"""Look-ups of past reviews as they were."""
