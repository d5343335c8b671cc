"""Log format and traces without texts of people."""
