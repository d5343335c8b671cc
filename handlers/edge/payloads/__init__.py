"""Payloads of Slack: guarded before Bolt, and read value by value."""
