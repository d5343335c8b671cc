"""The audit: checks of the five operating choices, the practical test, and the foundations that fail with them."""
