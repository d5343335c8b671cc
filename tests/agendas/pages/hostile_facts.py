"""Facts of every kind that hold a hostile text wherever people can put one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from agendas.facts.account import AccountState, EventFacts, ListStatus, Source
from agendas.facts.events import Corrected
from agendas.facts.interventions import ExecutiveTouch
from agendas.facts.program import DEFAULTS
from agendas.facts.reviews import AgendaItem, Bucket, CorrectedEntry
from agendas.pages.deals import DealsFacts
from agendas.pages.group import GroupFacts
from agendas.pages.imports import ImportPreview, PreviewRow
from agendas.pages.updates import RecordedFacts
from agendas.rules.account_list import ChangesFacts, ListEntry, VersionFacts, changes_between, version_at
from agendas.rules.deals import AccountProposal, RunProposals, deals_of, proposed_stage
from agendas.rules.group import buying_group
from agendas.rules.import_questions import ImportQuestions, StageAsked
from agendas.text.limits import shortened
from tests.agendas.pages.examples import NORMAL, NOW, ZONE
from tests.agendas.pages.hostile import poisoned
from tests.agendas.pages.samples import departed, item, review
from tests.agendas.pages.test_deals import DEALS
from tests.agendas.pages.test_group import PEOPLE as GROUP
from tests.agendas.pages.test_signals import BACK, NOTED
from tests.agendas.pages.test_signals import facts as signals_facts
from tests.agendas.pages.test_updates import CHANGES

TODAY = NOW.date()


def an_item(text: str) -> AgendaItem:
    found = poisoned(NORMAL, text)
    account = replace(found.facts.account, profile=replace(found.facts.account.profile, owner=None))
    return replace(found, facts=replace(found.facts, account=account, corrected=corrected(text)))


def a_told_item(text: str) -> AgendaItem:
    """The account in a review in which an event of every kind was recorded."""
    found = an_item(text)
    return replace(found, facts=replace(found.facts, events=events(text)), opened_at=NOW - timedelta(days=30))


def corrected(text: str) -> tuple[CorrectedEntry, ...]:
    return tuple(CorrectedEntry(each, correction_of(each, text)) for each in events(text))


def correction_of(entry: EventFacts, text: str) -> EventFacts:
    return replace(entry, id=entry.id + 100, change=Corrected(entry.id, text), evidence=())


def an_account(text: str) -> AccountState:
    return poisoned(NORMAL.facts.account, text)


def events(text: str) -> tuple[EventFacts, ...]:
    return tuple(
        EventFacts(
            n,
            7,
            poisoned(change, text),
            NOW,
            NOW,
            "U0ANN1",
            Source.COMMAND,
            poisoned(NORMAL.facts.events[0].evidence, text),
        )
        for n, change in enumerate(CHANGES, start=1)
    )


def recorded(text: str) -> list[RecordedFacts]:
    before = an_account(text)
    return [RecordedFacts(event, before, before) for event in events(text)]


def a_review(text: str, **changes: Any):
    gone = departed(item("Gone", 9, Bucket.STALLED), ListStatus.REMOVED, text)
    found = poisoned(review(gone, **changes), text)
    number = found.items[0].facts.account.account_id
    return replace(found, corrected=tuple((number, each) for each in corrected(text)))


def some_deals(text: str) -> DealsFacts:
    state = poisoned(replace(NORMAL.facts.account, opportunities=DEALS), text)
    return DealsFacts(state, deals_of(state, DEFAULTS, now=NOW, zone=ZONE), ZONE, TODAY)


def a_group(text: str) -> GroupFacts:
    state = poisoned(replace(NORMAL.facts.account, contacts=GROUP), text)
    touches = (ExecutiveTouch(1, state.account_id, TODAY, "U0ANN1", text, text),) * 4
    return GroupFacts(state, buying_group(state, DEFAULTS, today=TODAY), TODAY, touches)


LIST_ENTRIES = (
    ListEntry(1, 7, NOW - timedelta(days=9), "U0ANN1"),
    ListEntry(2, 7, NOW - timedelta(days=5), "U0ANN1", ListStatus.NAMED, 1, "x"),
)


def some_signals():
    return signals_facts(NOTED, BACK)


def a_version(text: str) -> VersionFacts:
    return VersionFacts(NOW.date(), version_at(poisoned(LIST_ENTRIES, text), NOW), {7: text})


def list_changes(text: str) -> ChangesFacts:
    entries = poisoned(LIST_ENTRIES, text)
    since = NOW - timedelta(days=8)
    found = changes_between(entries, since, NOW)
    versions = (version_at(entries, since), version_at(entries, NOW))
    return ChangesFacts(since.date(), NOW.date(), *versions, found, {7: text}, ZONE)


def a_run(text: str) -> RunProposals:
    """An import whose deals propose a stage for two accounts, with that text."""
    account = an_account(text)
    proposal = proposed_stage(account)
    assert proposal is not None
    return RunProposals(3, (AccountProposal(7, account.name, proposal),) * 2, (text,))


def a_preview(text: str) -> ImportPreview:
    counts = {"create": 1, "update": 0, "unchanged": 0, "skip": 0}
    rows = (PreviewRow(2, shortened(text, 250), "create", shortened(text, 250)),)
    return ImportPreview("7 1", text, text, "Deal", counts, rows, ImportQuestions((StageAsked(text, 3, None),)))
