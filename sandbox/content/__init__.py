"""The content of messages and views: blocks, input state, rich text, encoding, readable text."""
