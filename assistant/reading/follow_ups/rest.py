"""Follow-ups that ask for those after the ones that were shown: "the next three", "more", "show the rest"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversation import LastAnswer
from assistant.query import Form, Query, Subject
from assistant.reading.read_pieces import NUMBERS
from assistant.reading.tokens import Token

LINES = 15
"""Lines of a list of things that has no number of its own and does not say which ones it showed."""

SHOW = r"(?:and |ok )?(?:please )?(?:(?:show|list|give|see|get|tell)(?: me| us)? )?"
NEXT = re.compile(rf"{SHOW}(?:the )?next (?P<count>\d{{1,2}}|[a-z]+)(?: ones)?(?: please)?")
REST = re.compile(
    rf"{SHOW}(?:more|some more|the rest|the remaining ones|the remaining|whats left|the others)(?: of (?:them|it))?"
    r"(?: please)?"
)
FEW = frozenset({"few", "ones", "page"})
"""Words that ask for as many as before."""


def rest_of(tokens: Sequence[Token], last: LastAnswer) -> Query | None:
    """Return the last list from where it ended, None where the text does not ask for that."""
    before = last.query
    if before.form is not Form.LIST or before.subject in (Subject.REVIEWS, Subject.MEMBERS):
        return None
    said = " ".join(each.word for each in tokens)
    if before.of and (before.subject is Subject.ACCOUNTS or "others" in said):
        return None
    skip = before.skip + _shown(last)
    if REST.fullmatch(said):
        return replace(before, skip=skip, limit=0 if "rest" in said or "remaining" in said else before.limit)
    found = NEXT.fullmatch(said)
    count = _number(found["count"], before) if found else None
    return None if count is None else replace(before, skip=skip, limit=count)


def _shown(last: LastAnswer) -> int:
    """Return how many the last answer showed."""
    if last.query.limit:
        return last.query.limit
    return (len(last.listed) if last.query.subject is Subject.ACCOUNTS else len(last.items)) or LINES


def _number(word: str, before: Query) -> int | None:
    """Return the number that is said, 0 for as many as fit; None for a word that is none."""
    if word in FEW:
        return before.limit
    if word == "one":
        return 1 if before.limit else None
    return int(word) if word.isdecimal() else NUMBERS.get(word)
