"""Titles of messages in tests: the date of a header, the name of an account's agenda."""

import re

HEADER = re.compile(r"\*(Account review|Recap) · ([^*]*)\*")
AGENDA = re.compile(r":\w+: \*([^*\n]*)\* ")


def title_of(words: str) -> str:
    """`Account review, Mon 30 Nov`, `Recap, Mon 30 Nov` or the account's name; of another message the first line."""
    first = words.splitlines()[0]
    if found := HEADER.match(first):
        return f"{found.group(1)}, {found.group(2)}"
    found = AGENDA.match(first)
    return found.group(1) if found else first
