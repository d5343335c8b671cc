"""Why an account is on the list, and why it is in its bucket."""
