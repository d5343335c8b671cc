"""The audit of a month: the program that it judges, and its letters."""
