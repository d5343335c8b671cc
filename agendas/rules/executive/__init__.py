"""The executive review: what of a period's program stands on its page, and in which order."""
