"""Signals: webhook payloads and engagement."""
