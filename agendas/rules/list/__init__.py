"""The named list: capacity, names, transitions, versions."""
