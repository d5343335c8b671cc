"""Pages outside Slack: one printable HTML file that loads nothing, and its tables as CSV."""
