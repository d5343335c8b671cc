"""A cadence as its row and the audit trail keep it."""
