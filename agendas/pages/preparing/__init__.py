"""The message that asks a person to prepare reviews."""
