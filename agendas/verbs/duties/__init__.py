"""Work due by the clock."""
