"""Imports: preview, write, undo."""
