"""The reminder of reviews that a person has not prepared."""
