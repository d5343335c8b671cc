"""Answers about things of accounts: actions, blockers, decisions, deals and the like, and about reviews and members."""
