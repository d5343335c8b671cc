"""Rules of answers to questions: which event tells a fact, and since when it is so."""
