"""People asked to prepare reviews, and those who are away meanwhile."""
