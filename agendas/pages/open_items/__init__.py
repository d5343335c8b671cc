"""Open actions, blockers and asks as lines with their buttons, for every page that shows them to who can act."""
