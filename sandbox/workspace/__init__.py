"""The state of the workspace, in memory: people, channels, messages, files, views, trigger ids."""
