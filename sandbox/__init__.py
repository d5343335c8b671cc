"""A Slack look-alike on loopback, with a page in the browser."""
