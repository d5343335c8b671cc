"""Questions put to people and not answered yet: scores, and whose act evidence shows."""
