"""Preparing a review: who takes part, and who stands in for those who are away."""
