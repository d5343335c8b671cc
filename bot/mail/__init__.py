"""Mails: the server that takes them, and the worker that sends them."""
