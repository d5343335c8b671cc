"""The parts of an agenda: each turns facts into the items of a page."""
