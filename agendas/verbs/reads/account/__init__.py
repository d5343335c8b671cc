"""Look-ups about one account, one file per subject."""
