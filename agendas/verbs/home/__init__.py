"""A person's Home, read in one go."""
