"""Names in a text: which words are accounts, our people or segments."""
