"""The combinations of subject, form and slots that a question can be."""

from typing import Any

from agendas.facts.account import ListStatus
from agendas.facts.query import FORMS, Field, Form, Having, Progress, Subject

_OF_ACCOUNTS_SAID = (
    "of tiers stages states statuses segments owners having without roles signals least_cents most_cents currency"
)
OF_ACCOUNTS = frozenset(_OF_ACCOUNTS_SAID.split())
"""Slots that narrow accounts."""

OF_BRIEF = frozenset({"of", "tiers", "segments", "owners", "period", "limit"})
"""Slots of a brief."""

ORDER = frozenset({"by", "is_lowest", "limit"})
THINGS = frozenset({"whose", "about", "period", "progress"})
ALLOWED: dict[Subject, frozenset[str]] = {
    Subject.ACTIONS: THINGS | ORDER | {"is_overdue", "per"},
    Subject.BLOCKERS: THINGS | ORDER | {"needs", "per"},
    Subject.ASKS: THINGS | {"is_overdue"},
    Subject.DECISIONS: THINGS - {"progress"} | {"decisions"},
    Subject.MOVEMENT: frozenset({"ways", "period", "per"}),
    Subject.EVIDENCE: THINGS - {"progress"},
    Subject.CHANGES: THINGS - {"progress"},
    Subject.LIST_CHANGES: frozenset({"period", "whose"}),
    Subject.SIGNALS: frozenset({"period", "per"}),
    Subject.PEOPLE: frozenset({"about", "progress", "period", "per"}),
    Subject.DEALS: THINGS | ORDER | {"is_overdue", "per"},
    Subject.PLAYS: THINGS,
    Subject.REVIEWS: frozenset({"which", "period"}),
    Subject.MEMBERS: frozenset({"whose", "about"}),
    Subject.PROGRAM: frozenset({"measures", "per", "period"}),
}
"""Slots of each subject besides those of its accounts."""


ORDERED_BY = {
    Subject.ACTIONS: {Field.AGE, Field.DUE},
    Subject.BLOCKERS: {Field.AGE},
    Subject.DEALS: {Field.AMOUNT, Field.CLOSE_DATE, Field.AGE},
}
BY_OF_ACCOUNTS = frozenset(set(Field) - {Field.AGE, Field.DUE, Field.AMOUNT, Field.OWNER, Field.PARTNER})
"""Fields that things, and accounts, are ordered by."""

WITHIN = {
    Subject.DEALS: set(Having) - {Having.DEAL},
    Subject.PEOPLE: {Having.ROLE},
    Subject.SIGNALS: {Having.PLAY},
}
"""Things that the accounts of a subject may have, or be without, besides those of accounts themselves."""

DATES = frozenset({Field.CLOSE_DATE, Field.LAST_REVIEW, Field.NEXT_REVIEW, Field.LAST_MOVEMENT, Field.LAST_UPDATE})
DATES |= {Field.LAST_TOUCH, Field.NAMED_ON, Field.DAYS_IN_STAGE}
"""Fields that are days, or count them."""

OF_THINGS = frozenset({Field.AGE, Field.DUE, Field.AMOUNT})
"""Fields that accounts have not."""


def is_allowed(subject: Subject, form: Form, values: dict[str, Any]) -> bool:
    """Return true if a query of this subject and form can be asked with these slots."""
    filled = {name for name, value in values.items() if value}
    if form not in FORMS[subject]:
        return False
    if subject is Subject.PEOPLE and "about" in filled and filled & {"stages", "tiers", "statuses", "states"}:
        return False
    if subject is Subject.DECISIONS and "statuses" in filled:
        return False
    if (
        "of" in filled
        and subject not in (Subject.ACCOUNTS, Subject.MOVEMENT, Subject.LIST_CHANGES)
        and filled & {"states", "stages", "tiers", "statuses"}
    ):
        return False
    if "by" in filled and values["by"] not in ORDERED_BY.get(subject, BY_OF_ACCOUNTS):
        return False
    if subject is Subject.DEALS and set(values.get("progress", ())) & {Progress.DONE, Progress.DROPPED}:
        return False
    if subject is Subject.ACCOUNTS and form in (Form.LIST, Form.COUNT) and {"of", "owners"} <= filled:
        return False
    things = {*values.get("having", ()), *values.get("without", ())}
    if values.get("roles") and not (subject is Subject.PEOPLE or Having.ROLE in things):
        return False
    if values.get("signals") and not (subject is Subject.SIGNALS or Having.SIGNAL in things):
        return False
    if subject is not Subject.ACCOUNTS and things - WITHIN.get(subject, set()):
        return False
    if subject is Subject.PEOPLE and things and "of" not in filled and {"roles"} <= filled:
        return False
    if subject is Subject.PEOPLE and form is Form.LIST and {"about", "roles"} <= filled:
        return False
    if Having.OWNER in values.get("without", ()) and "owners" in filled:
        return False
    if subject is Subject.DEALS and "stages" in filled and form is not Form.SUM:
        return False
    if subject is Subject.MOVEMENT and "states" in filled:
        return False
    if form is Form.YES_NO and "without" in filled and "of" not in filled:
        return False
    if subject is Subject.PEOPLE and set(values.get("progress", ())) - {Progress.LOST}:
        return False
    if subject is not Subject.ACCOUNTS and "owners" in filled and "whose" in filled:
        return False
    if form is Form.COMPARE and "owners" in filled and filled & {"of", "tiers", "segments"}:
        return False
    if form is Form.COMPARE and {"of", "stages"} <= filled:
        return False
    if subject not in (Subject.ACCOUNTS, Subject.LIST_CHANGES) and ListStatus.NAMED in values.get("statuses", ()):
        return False
    if form is Form.WHO and subject is Subject.ACTIONS and "whose" in filled:
        return False
    if subject is not Subject.ACCOUNTS:
        return filled <= OF_ACCOUNTS | ALLOWED[subject] and not (subject is Subject.MEMBERS and filled & OF_ACCOUNTS)
    if form is Form.FIELD:
        return filled == {"of", "fields"} and not OF_THINGS & set(values["fields"])
    if form is Form.CARD:
        return filled == {"of"}
    if form is Form.BRIEF:
        return filled <= OF_BRIEF
    if form is Form.COMPARE:
        return filled <= {"of", "tiers", "segments", "fields", "owners", "stages"}
    if "period" in filled and not filled & {"having", "without"} and form is not Form.WHEN:
        return False
    if form is Form.SUM and "fields" not in filled:
        return False
    if form is Form.SUM:
        return filled <= OF_ACCOUNTS | {"fields", "per", "period"}
    if form in (Form.LIST, Form.COUNT):
        return filled <= OF_ACCOUNTS | ORDER | {"per", "period", "needs"} | (
            {"progress"} if "roles" in filled else set()
        )
    is_whole = "of" in filled or form is Form.YES_NO
    return is_whole and filled <= OF_ACCOUNTS | {"period", "needs"} and len(filled - {"period"}) > ("of" in filled)
