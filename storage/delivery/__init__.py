"""Messages to post, and requests already taken."""
