"""Backups and restores of both databases, and exports of a whole workspace."""
