"""Rules that tell the kind of thing a question asks for."""
