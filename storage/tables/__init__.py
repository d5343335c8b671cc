"""One table module per subject."""
