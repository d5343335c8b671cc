"""Pages of the whole list: accounts, versions, capacity, plays, menu."""
