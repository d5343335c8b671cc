"""Profiles of accounts: nominated with one, and changed."""
