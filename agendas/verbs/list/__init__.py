"""Changes of the named list and its capacity."""
