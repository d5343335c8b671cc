"""Requests over HTTP: Slack's, signals, status pages."""
