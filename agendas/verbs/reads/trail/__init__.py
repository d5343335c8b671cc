"""Look-ups of the audit trail."""
