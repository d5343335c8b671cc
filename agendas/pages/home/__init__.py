"""A person's Home."""
