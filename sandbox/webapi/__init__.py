"""The Web API: requests, permissions, rate limits, content of messages, and the methods."""
