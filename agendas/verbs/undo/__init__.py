"""Undo and corrections: entries that do not count any more."""
