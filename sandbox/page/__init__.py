"""The page in the browser: its routes, the state it shows, the actions it sends, and its files in ``static``."""
