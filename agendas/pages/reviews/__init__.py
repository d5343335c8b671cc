"""Pages of a review: header, agenda, recap, cadence, past reviews."""
