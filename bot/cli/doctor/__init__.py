"""`cadence doctor`: checks of settings, the model, database, Slack and channels, each with what to do."""
