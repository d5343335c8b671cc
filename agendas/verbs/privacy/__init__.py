"""Private accounts: they are shown to the members of their channel alone."""
