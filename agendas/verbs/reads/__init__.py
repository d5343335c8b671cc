"""Look-ups that store nothing."""
