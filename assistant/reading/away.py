"""The question who of our people is away, and until when one of them is: it is asked of nothing else, so read whole."""

import re
from collections.abc import Sequence

from assistant.query import Form, Query, Subject
from assistant.reading.tokens import Token

AWAY = "away"
"""The word by which people who are away are found."""

ABSENT = (
    r"(?:currently )?(?:away|absent|ooo|out of (?:the )?office|on (?:holiday|holidays|vacation|leave|pto)|off work)"
)
WHEN = r"(?: (?:now|today|right now|currently|at the moment))?"
WHO = re.compile(rf"(?:who(?: all| of us| else)? (?:is |are )?|is (?:anyone|anybody|someone|somebody) ){ABSENT}{WHEN}")
ONE = re.compile(
    rf"(?:is|until when is|since when is|how long is|when is|who stands in for) .+?(?: {ABSENT}| back)?{WHEN}"
)
STANDS_IN = "who stands in for "


def asked_who_is_away(tokens: Sequence[Token], persons: Sequence[str]) -> Query | None:
    """Return the question for those who are away, or for the one of our people it names; None for any other text."""
    text = " ".join(each.word for each in tokens)
    if WHO.fullmatch(text):
        return Query(Subject.MEMBERS, Form.LIST, about=AWAY)
    is_of_one = len(persons) == 1 and ONE.fullmatch(text) is not None
    if is_of_one and (text.startswith(STANDS_IN) or re.search(rf"(?: {ABSENT}| back){WHEN}$", text)):
        return Query(Subject.MEMBERS, Form.CARD, whose=tuple(persons))
    return None
