"""Updates of an account: movement, blockers, actions, decisions, plays, contacts."""
