"""`cadence doctor`: checks of settings, database, Slack and channels, each with what to do."""
