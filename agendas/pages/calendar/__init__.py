"""Pages about calendars of reviews."""
