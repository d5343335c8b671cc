"""The executive review, the scoreboard and the audit as files, for readers outside Slack."""
