"""Backups and restores of both databases."""
