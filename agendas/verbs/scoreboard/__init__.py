"""The scoreboard of a month."""
