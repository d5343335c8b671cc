"""Frozen values, one file per subject: accounts, events, settings, reviews."""
