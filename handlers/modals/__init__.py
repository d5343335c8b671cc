"""One file per form: its ids, how it is built and how it is read."""
