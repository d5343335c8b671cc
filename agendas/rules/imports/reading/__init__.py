"""Bytes to table to cells: encodings, dates, numbers, columns."""
