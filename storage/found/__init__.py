"""Reads of things of many accounts at once, each with the few columns of its account that answers need."""
