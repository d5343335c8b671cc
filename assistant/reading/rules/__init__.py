"""Rules that put the pieces of a text together, one kind of part each."""
