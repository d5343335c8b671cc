"""The accounts of the sample and their histories."""
