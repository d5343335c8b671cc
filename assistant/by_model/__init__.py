"""The reading of questions by a language model, where the rules are not sure."""
