"""The Web API: one function for each method."""
