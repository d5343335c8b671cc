"""Questions put to people or by them and not answered yet, and how many were given to a language model."""
