"""Private accounts, and the members of the channels that they are private to."""
