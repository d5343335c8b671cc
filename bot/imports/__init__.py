"""Files given in Slack, imported in the background."""
