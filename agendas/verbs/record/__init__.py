"""Events recorded and shown in the review."""
