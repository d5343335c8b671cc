"""Runs queries: one look-up per subject, each over a read of the database."""
