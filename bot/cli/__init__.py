"""The command line: the words by subject."""
