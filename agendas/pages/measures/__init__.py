"""Numbers of the program, and the accounts behind them."""
