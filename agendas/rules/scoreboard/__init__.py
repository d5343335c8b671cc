"""The scoreboard: its accounts by need, what narrows it, and the deals and trends beside them."""
