"""Texts that are no questions: small talk, news, orders, verdicts, other languages."""
