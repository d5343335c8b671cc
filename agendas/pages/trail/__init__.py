"""The page of the audit trail, and the sentence of each kind of entry."""
