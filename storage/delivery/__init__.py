"""Outbox, leases and inbox."""
