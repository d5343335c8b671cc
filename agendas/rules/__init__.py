"""Pure decisions by subject: facts in, an answer with its reason out; no clock, no session."""
