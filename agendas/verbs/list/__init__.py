"""The named list."""
