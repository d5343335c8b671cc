"""Checks, metrics, heartbeat."""
