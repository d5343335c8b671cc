"""The narrative of one account with its versions, and what product put in."""

from dataclasses import dataclass
from datetime import date, datetime

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.narrative import NarrativeVersion, ProductField
from agendas.facts.program import ProgramSettings
from agendas.rendering.page import Buttons, Line, Page
from agendas.rendering.words import Words, labelled
from agendas.rules.fit import latest_input
from agendas.rules.narrative import narrative_gap
from agendas.text.dates import days_between
from agendas.text.limits import shortened

# The narrative of one account: the current version, how old it is, and the versions before it.

EARLIER_SHOWN = 10
"""Earlier versions on the page; the history has them all."""

PRESSURE_CHARACTERS = 160
"""As much of an earlier version as says which one it is."""


@dataclass(frozen=True, slots=True)
class NarrativeFacts:
    """An account and every version of its narrative, oldest first; today where the reader is."""

    account: AccountState
    versions: tuple[NarrativeVersion, ...]
    settings: ProgramSettings
    now: datetime
    zone: str
    today: date


def narrative_page(facts: NarrativeFacts, words: Words, *, can_record: bool) -> Page:
    """Pressure, point of view, proof, ask and roles, with author and age; then the versions before, newest first."""
    account, current, earlier = facts.account, facts.account.narrative, facts.versions[-2::-1]
    write = labelled(words, "narrative.rewrite" if current else "narrative.write", str(account.account_id))
    return words.page(
        "narrative",
        facts,
        key=f"narrative-{account.account_id}",
        parts={
            "earlier": [_earlier(facts, each, words) for each in earlier[:EARLIER_SHOWN]],
            "buttons": [Buttons((write,))] if can_record else [],
        },
        current=current,
        gap=narrative_gap(account, facts.settings, now=facts.now, zone=facts.zone),
        days=days_between(current.written_at, facts.now, facts.zone) if current else 0,
        limit_days=facts.settings.number("list.narrative"),
        earlier=len(earlier),
        earlier_shown=EARLIER_SHOWN,
        can_record=can_record,
    )


def narrative_version_page(facts: NarrativeFacts, words: Words, version: int) -> Page:
    """One version as it was written. Raises Outdated for one that is not among those kept, as it was taken back."""
    account = facts.account
    found = next((each for each in facts.versions if each.version == version), None)
    if found is None:
        raise Outdated(f"That version was taken back. See /account {account.name} narrative.")
    key = f"narrative-{account.account_id}-{version}"
    return words.page("narrative_version", facts, key=key, found=found)


def _earlier(facts: NarrativeFacts, version: NarrativeVersion, words: Words) -> Line:
    pressure = shortened(version.narrative.pressure, PRESSURE_CHARACTERS)
    sentence = words.say("narrative.earlier", version=version, pressure=pressure, zone=facts.zone, today=facts.today)
    return Line(sentence, labelled(words, "narrative.read", f"{facts.account.account_id} {version.version}"))


def narrative_parts(current: NarrativeVersion, words: Words) -> list[str]:
    """Return the parts of a narrative, each under its name, and the roles that it is for."""
    parts = ("pressure", "point_of_view", "proof", "ask")
    lines = [words.say("narrative.part", part=part, text=getattr(current.narrative, part)) for part in parts]
    return [*lines, words.say("narrative.roles", roles=current.narrative.roles)]


# Product's inputs for one account: use case, proof, implementation fit, and feedback to product.

FEEDBACK_SHOWN = 10
"""Feedback on the page; the history has it all."""

SINGLE = (ProductField.USE_CASE, ProductField.PROOF, ProductField.IMPLEMENTATION_FIT)


@dataclass(frozen=True, slots=True)
class ProductFacts:
    account: AccountState
    zone: str
    today: date


def product_page(facts: ProductFacts, words: Words, *, can_record: bool) -> Page:
    """Each field with who gave it and when, or that nobody did; then the feedback, newest first."""
    account = facts.account
    feedback = [each for each in reversed(account.product) if each.field is ProductField.FEEDBACK]
    add = labelled(words, "product.add", str(account.account_id))
    return words.page(
        "product",
        facts,
        key=f"product-{account.account_id}",
        parts={"buttons": [Buttons((add,))] if can_record else []},
        single=[(field, latest_input(account, field)) for field in SINGLE],
        feedback=feedback[:FEEDBACK_SHOWN],
        older=max(0, len(feedback) - FEEDBACK_SHOWN),
    )
