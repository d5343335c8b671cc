"""What arrives from Slack: one file per command, modal, button and message."""
