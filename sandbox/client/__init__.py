"""Slack's client: the actions a person can take, and the payloads the app gets for them."""
