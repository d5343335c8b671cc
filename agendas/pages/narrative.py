"""The narrative of one account with its versions, and what product put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from agendas.errors import Outdated
from agendas.facts.account import AccountState
from agendas.facts.narrative import NarrativeVersion, ProductField
from agendas.facts.program import ProgramSettings
from agendas.rendering.page import Buttons, Heading, Item, Line, Note, Page, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.fit import latest_input
from agendas.rules.narrative import narrative_gap
from agendas.text.dates import days_between
from agendas.text.limits import shortened

# The narrative of one account: what stands, how old it is, and the versions before it.

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
    account, current = facts.account, facts.account.narrative
    gap = narrative_gap(account, facts.settings, now=facts.now, zone=facts.zone)
    items: list[Item] = [Heading(words.raw("narrative.heading", name=account.name))]
    if current is None:
        items.append(Text(words.say("narrative.nothing", account=account, gap=gap, can_record=can_record)))
    else:
        days = days_between(current.written_at, facts.now, facts.zone)
        items.append(Text(_version_line(facts, current, days, words)))
        items += [Text(sentence) for sentence in narrative_parts(current, words)]
        items += _earlier(facts, words)
    if can_record:
        action = "narrative.write" if current is None else "narrative.rewrite"
        items.append(Buttons((labelled(words, action, str(account.account_id)),)))
    title = words.raw("narrative.title", name=account.name, current=current, zone=facts.zone, today=facts.today)
    return Page(title, tuple(items), key=f"narrative-{account.account_id}")


def narrative_version_page(facts: NarrativeFacts, words: Words, version: int) -> Page:
    """One version as it was written. Raises Outdated when it is not kept: it was taken back."""
    found = next((each for each in facts.versions if each.version == version), None)
    if found is None:
        raise Outdated(f"That version was taken back. See /account {facts.account.name} narrative.")
    title = words.raw("narrative.title", name=facts.account.name, current=found, zone=facts.zone, today=facts.today)
    by = words.say("narrative.written", current=found, zone=facts.zone, today=facts.today)
    items: tuple[Item, ...] = (
        Heading(title),
        Text(by),
        *(Text(sentence) for sentence in narrative_parts(found, words)),
    )
    return Page(title, items, key=f"narrative-{facts.account.account_id}-{version}")


def _version_line(facts: NarrativeFacts, current: NarrativeVersion, days: int, words: Words) -> str:
    return words.say(
        "narrative.standing",
        current=current,
        days=days,
        limit_days=facts.settings.number("list.narrative"),
        zone=facts.zone,
        today=facts.today,
    )


def narrative_parts(current: NarrativeVersion, words: Words) -> list[str]:
    """Return the parts of a narrative, each under its name, and the roles that it is for."""
    parts = ("pressure", "point_of_view", "proof", "ask")
    sentence = [words.say("narrative.part", part=part, text=getattr(current.narrative, part)) for part in parts]
    return [*sentence, words.say("narrative.roles", roles=current.narrative.roles)]


def _earlier(facts: NarrativeFacts, words: Words) -> Iterator[Item]:
    earlier = facts.versions[-2::-1]
    if not earlier:
        return
    yield Text(words.say("narrative.earlier_label"))
    for version in earlier[:EARLIER_SHOWN]:
        pressure = shortened(version.narrative.pressure, PRESSURE_CHARACTERS)
        sentence = words.say(
            "narrative.earlier", version=version, pressure=pressure, zone=facts.zone, today=facts.today
        )
        yield Line(sentence, labelled(words, "narrative.read", f"{facts.account.account_id} {version.version}"))
    if len(earlier) > EARLIER_SHOWN:
        more = len(earlier) - EARLIER_SHOWN
        yield Note(words.say("narrative.more", count=more, name=facts.account.name))


# Product's inputs for one account: use case, proof, implementation fit, and feedback to product.

FEEDBACK_SHOWN = 10
"""Feedback on the page; the history has it all."""

SINGLE = (ProductField.USE_CASE, ProductField.PROOF, ProductField.IMPLEMENTATION_FIT)


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """An account, and today where the reader is."""

    account: AccountState
    zone: str
    today: date


def product_page(facts: ProductFacts, words: Words, *, can_record: bool) -> Page:
    """Each field with who gave it and when, or that nobody did; then the feedback, newest first."""
    account = facts.account
    told = [each for each in reversed(account.product) if each.field is ProductField.FEEDBACK]
    add = labelled(words, "product.add", str(account.account_id))
    return words.page(
        "product",
        key=f"product-{account.account_id}",
        parts={"buttons": [Buttons((add,))] if can_record else []},
        account=account,
        single=[(field, latest_input(account, field)) for field in SINGLE],
        feedback=told[:FEEDBACK_SHOWN],
        older=max(0, len(told) - FEEDBACK_SHOWN),
        zone=facts.zone,
        today=facts.today,
    )
