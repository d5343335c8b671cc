"""Helpers for tests: people who act in the workspace, and channels, messages and forms to inspect."""
