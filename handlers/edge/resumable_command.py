"""A command kept in a button while the person picks the account that was meant."""

NAME_HERE = "\u241f"
"""Marks the place of the name that was not found."""


def without_name(text: str, typed: str) -> str:
    """The command's text with a mark in the place of the name that was not found."""
    in_quotes = f'"{typed}"'
    return text.replace(in_quotes if in_quotes in text else typed, NAME_HERE, 1)


def with_name(text: str, name: str) -> str:
    """The text again, with the account's name in quotes in the mark's place."""
    return text.replace(NAME_HERE, '"' + name.replace('"', "") + '"')
