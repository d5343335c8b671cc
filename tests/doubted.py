"""What becomes of letters that wait when data of the past is taken in: they are looked for in Slack first."""

from storage.delivery.outbox import UNDER_WAY

DOUBTED = frozenset({"state", "leased_until", "leased_by", "first_tried_at", "tried_until"})
"""The columns that change, and of letters that wait alone."""

Lines = list[list[str]]


def undoubted_lines(lines: Lines) -> Lines:
    """The lines of letter.csv, with those columns empty where a letter waits."""
    header, *letters = lines
    state = header.index("state")
    return [
        header,
        *(
            ["" if name in DOUBTED else cell for name, cell in zip(header, letter, strict=True)]
            if letter[state] in UNDER_WAY
            else letter
            for letter in letters
        ),
    ]
