"""Jobs due by the clock, one after the other, each set aside when it fails."""
