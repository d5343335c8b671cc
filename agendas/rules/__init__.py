"""Pure rules: facts in, an answer with its reason out; no clock, no session."""
