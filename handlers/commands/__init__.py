"""One file per slash command word."""
