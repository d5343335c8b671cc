"""Reads of things of many accounts, for answers to questions. Nothing here writes."""
