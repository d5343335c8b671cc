"""Replies in the threads of accounts."""
