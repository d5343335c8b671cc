"""Facts loaded from rows."""
