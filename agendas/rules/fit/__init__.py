"""Fit of an account: score, confidence, inputs of the functions."""
