"""Installing into workspaces by OAuth, and the first messages."""
