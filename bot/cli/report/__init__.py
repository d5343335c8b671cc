"""`cadence report`: the pages of the whole program as files."""
