"""Taking back what was just recorded."""
