"""Calls to Slack: sessions, errors, outcomes, sharing, sync of people."""
