"""The words of questions, as data: what a phrase means, whatever stands around it."""
