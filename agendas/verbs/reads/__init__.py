"""Look-ups by subject; they write nothing."""
