"""The program over a period: loading it, and keeping what past months and reviews said."""
