"""The executive review: its page, and the accounts behind its numbers."""
