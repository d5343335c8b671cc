"""Preparing a review: people are asked before it, and what they still owe."""
