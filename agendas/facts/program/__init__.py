"""The program: its settings, the trail of changes and the health of the bot."""
