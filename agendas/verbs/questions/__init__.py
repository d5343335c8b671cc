"""Questions that wait for a language model, and the day's limits of it."""
