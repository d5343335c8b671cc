"""An account in a few lines: what its agenda and its card begin with."""
