"""Pages of one account: its card, history, fit, group, narrative, plays, deals, signals."""
