"""The scoreboard: its table, the program's measures below it, and charts of the last reviews."""
