"""The whole history as CSV files."""
