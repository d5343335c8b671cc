"""Follow-ups that ask for the accounts with or without what was just asked for: "who has none"."""

import re
from collections.abc import Sequence

from assistant.query import Form, Having, Query, Subject
from assistant.reading.follow_ups.meant_accounts import ACCOUNT_FILTERS
from assistant.reading.rules.absent import HAVING_OF_FIELD
from assistant.reading.rules.things import HAVING_OF_SUBJECT
from assistant.reading.tokens import Token

HAVING_ONE = re.compile(
    r"(?:and |so |ok |but )?(?:(?:which|what)(?: other)?(?: of our)?(?: accounts| ones| companies| customers)?|who)"
    r"(?: else| also)? (?P<said>do(?:es)?(?:nt| not)(?: have)?(?: one| any)?|lacks? (?:it|one|that)"
    r"|(?:have|has)(?: got)? (?:one|any|some|none))(?: too| as well| at all| yet)?"
)
WITHOUT = re.compile(r".*(?:nt\b|\bnot\b|\bnone\b|\black)")


def having_one(tokens: Sequence[Token], before: Query) -> Query | None:
    """Return the question for the accounts that have what was asked for, None where the text asks something else."""
    found = HAVING_ONE.fullmatch(" ".join(each.word for each in tokens))
    things = _things(before) if found else ()
    if found is None or not things:
        return None
    kept = {name: getattr(before, name) for name in ACCOUNT_FILTERS if not before.of}
    name = "without" if WITHOUT.match(found["said"]) else "having"
    return Query(
        Subject.ACCOUNTS,
        Form.LIST,
        roles=before.roles,
        signals=before.signals,
        period=before.period,
        **{**kept, name: things},
    )


def _things(before: Query) -> tuple[Having, ...]:
    """Return the things that the last answer was about."""
    if before.subject is Subject.PEOPLE and before.roles:
        return (Having.ROLE,)
    if before.subject is not Subject.ACCOUNTS:
        return (HAVING_OF_SUBJECT[before.subject],) if before.subject in HAVING_OF_SUBJECT else ()
    return before.having or tuple(HAVING_OF_FIELD[each] for each in before.fields if each in HAVING_OF_FIELD)
