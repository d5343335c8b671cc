"""Load facts from stored rows, and turn facts into rows."""
