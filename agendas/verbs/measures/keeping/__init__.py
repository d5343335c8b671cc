"""Keeping of past months as they were at their end, and of figures for the trend."""
