"""Whatever is recorded, late or taken back: the stored account is the fold of its whole history."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import AccountState, EventFacts, ListStatus, Source, Stage
from agendas.facts.deals import OpportunityChanged, OpportunityProfile, Phase
from agendas.facts.events import (
    ActionAdded,
    ActionChanged,
    BlockerChanged,
    BlockerOpened,
    Change,
    Corrected,
    Decided,
    DecisionKind,
    Edited,
    ExpansionKind,
    ListChanged,
    Moved,
    Nominated,
    NothingMoved,
    Profile,
)
from agendas.facts.evidence import Evidence, EvidenceActor
from agendas.facts.fit import Criterion, CriterionScore, FitScored
from agendas.facts.group import BuyingRole, ContactAdded, ContactEdited, ContactProfile
from agendas.facts.narrative import (
    Justification,
    Justified,
    Narrative,
    NarrativeWritten,
    ProductField,
    ProductInputGiven,
)
from agendas.facts.people import Author
from agendas.facts.plays import PlayEnd, PlayEnded, PlayStarted
from agendas.rules.fold import fold, trim
from agendas.verbs.loading import event_facts
from agendas.verbs.record import create, current_state, record
from storage import accounts, events
from storage.database import Store
from tests.builders import ANN, BOB, NOW, WORKSPACE

FIRST = NOW - timedelta(days=60)
LAST = NOW + timedelta(days=3_650)

pointers = st.integers(0, 12)
"""Which of the events so far a change is about."""

texts = st.sampled_from(("", "Legal is slow", "They signed"))
dues = st.dates(date(2026, 10, 1), date(2027, 3, 1))
contacts = st.builds(
    ContactProfile,
    st.sampled_from(("Rita", "Jo")),
    roles=st.lists(st.sampled_from(BuyingRole), max_size=2).map(tuple),
    left_on=st.none() | dues,
)
deals = st.builds(
    OpportunityProfile,
    st.sampled_from(("crm:1", "crm:2")),
    st.just("Pilot"),
    st.sampled_from(("Discovery", "Contract")),
    st.sampled_from(Phase),
    amount_cents=st.none() | st.integers(0, 10**12),
    closes_on=st.none() | dues,
)
justifications = st.builds(Justification, texts, texts, texts)
made = st.one_of(
    st.builds(Moved, texts, st.none() | st.sampled_from([stage.value for stage in Stage])),
    st.builds(Moved, texts, expansion=st.sampled_from(ExpansionKind), since_known=st.booleans()),
    st.builds(NothingMoved, texts),
    st.builds(BlockerOpened, texts, st.sampled_from((None, ANN)), st.sampled_from((None, "finance"))),
    st.builds(BlockerChanged, pointers, st.sampled_from(("acknowledged", "updated", "resolved")), texts),
    st.builds(ActionAdded, texts, st.sampled_from((ANN, BOB)), dues),
    st.builds(ActionChanged, pointers, st.sampled_from(("done", "dropped", "slipped")), st.none() | dues, texts),
    st.builds(Decided, st.sampled_from(DecisionKind), texts, st.sampled_from((None, BOB)), st.none() | dues),
    st.builds(ListChanged, st.sampled_from([status.value for status in ListStatus]), st.sampled_from((None, 1)), texts),
    st.builds(ListChanged, st.just("named"), st.sampled_from((1, 2)), texts, why_now=texts, motion=texts),
    st.builds(Justified, justifications, justifications),
    st.builds(Edited, st.builds(Profile, st.sampled_from(("Acme", "Acme Ltd")))),
    st.builds(
        FitScored,
        st.just("sales"),
        st.lists(
            st.builds(CriterionScore, st.sampled_from(Criterion), st.integers(0, 4), texts),
            max_size=2,
            unique_by=lambda score: score.criterion,
        ).map(tuple),
    ),
    st.builds(ContactAdded, contacts),
    st.builds(ContactEdited, pointers, contacts),
    st.builds(NarrativeWritten, st.builds(Narrative, texts, texts, texts, texts)),
    st.builds(ProductInputGiven, st.sampled_from(ProductField), texts),
    st.builds(
        PlayStarted, st.sampled_from(("executive_briefing", "pilot")), st.just("Executive briefing"), texts, dues
    ),
    st.builds(PlayEnded, pointers, st.sampled_from(PlayEnd), texts),
    st.builds(OpportunityChanged, deals, is_history=st.booleans()),
    st.builds(Corrected, pointers),
)
steps = st.lists(st.tuples(made, st.integers(-72, 48), st.booleans()), max_size=9)
"""A change, by how many hours later (or earlier) than the one before it happened, and whether something shows it."""


@pytest.fixture(scope="module")
def file_store(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One database for all examples; each records an account of its own."""
    path = tmp_path_factory.mktemp("properties") / "cadence.db"
    shutil.copy(migrated_sqlite, path)
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


def about(change: Change, ids: list[int]) -> Change:
    """The change with its pointer turned into the id of an event of this account."""
    match change:
        case BlockerChanged():
            return replace(change, blocker_id=ids[change.blocker_id % len(ids)])
        case ActionChanged():
            return replace(change, action_id=ids[change.action_id % len(ids)])
        case ContactEdited():
            return replace(change, contact_id=ids[change.contact_id % len(ids)])
        case PlayEnded():
            return replace(change, play_id=ids[change.play_id % len(ids)])
        case Corrected():
            return replace(change, event_id=ids[change.event_id % len(ids)])
    return change


def history_of(session: Session, account_id: int) -> list[EventFacts]:
    return [event_facts(row) for row in events.of_account(session, account_id)]


def shown(state: AccountState | None) -> AccountState | None:
    """Return the state as the stored account has it: open items alone, in the order they were recorded."""
    if state is None:
        return None
    open_parts = trim(state, LAST)
    return replace(
        open_parts,
        blockers=tuple(sorted(open_parts.blockers, key=lambda blocker: blocker.id)),
        actions=tuple(sorted(open_parts.actions, key=lambda action: action.id)),
        contacts=tuple(sorted(open_parts.contacts, key=lambda contact: contact.id)),
        opportunities=tuple(sorted(open_parts.opportunities, key=lambda deal: deal.key)),
        plays=tuple(sorted(open_parts.plays, key=lambda play: play.id)),
    )


@settings(max_examples=settings().max_examples // 2)
@given(chosen=steps)
def test_the_stored_account_is_the_fold_of_its_history_after_every_step(
    file_store: Store, chosen: list[tuple[Change, int, bool]]
) -> None:
    with file_store.writing() as session:
        author = Author(WORKSPACE, ANN, Source.COMMAND, FIRST)
        first = create(session, author, Nominated(Profile("Acme")))
        account_id, ids, happened_at = first.event.account_id, [first.event.id], FIRST
        for number, (change, hours, has_evidence) in enumerate(chosen, start=1):
            happened_at += timedelta(hours=hours)
            evidence = (Evidence("Notes", happened_at, actor=EvidenceActor.BUYER),) if has_evidence else ()
            author = replace(author, at=FIRST + timedelta(hours=number))
            try:
                recorded = record(
                    session, author, account_id, about(change, ids), evidence=evidence, happened_at=happened_at
                )
            except Outdated:
                session.rollback()
                return
            ids.append(recorded.event.id)
            row = accounts.get(session, WORKSPACE, account_id)
            assert row is not None
            session.refresh(row)
            assert current_state(session, row) == shown(fold(history_of(session, account_id)))
            assert shown(recorded.after) == current_state(session, row)
        session.rollback()


acts = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.sampled_from(("rita", "jo", "both", "nobody")),
        st.sampled_from((EvidenceActor.BUYER, EvidenceActor.BUYER, EvidenceActor.US, EvidenceActor.IN_DOUBT)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: each[0],
)
"""News and steps by the day on which they were, who of the buyer's is named for them, and whose act it was."""


@settings(max_examples=settings().max_examples // 2)
@given(happened=acts, added=st.tuples(st.integers(1, 60), st.integers(1, 60)), random=st.randoms(use_true_random=False))
def test_what_happened_makes_the_same_account_in_whatever_order_it_is_recorded(
    file_store: Store,
    happened: list[tuple[int, str, EvidenceActor]],
    added: tuple[int, int],
    random: Random,
) -> None:
    def recorded_in(order: list[tuple[int, str, EvidenceActor]]) -> AccountState:
        author = Author(WORKSPACE, ANN, Source.COMMAND, FIRST)
        account_id = create(session, author, Nominated(Profile("Acme"))).event.account_id
        author = replace(author, at=FIRST + timedelta(days=61))
        people = [
            record(session, author, account_id, ContactAdded(ContactProfile(name)), happened_at=on_day(number))
            for name, number in zip(("Rita", "Jo"), added, strict=True)
        ]
        rita, jo = (each.event.id for each in people)
        named = {"rita": (rita,), "jo": (jo,), "both": (rita, jo), "nobody": ()}
        for number, who, actor in order:
            act = Evidence("Minutes", on_day(number), actor=actor, contact_ids=named[who])
            step = None if number % 3 else list(Stage)[number % len(Stage)].value
            record(session, author, account_id, Moved("News", step), evidence=(act,), happened_at=on_day(number))
        row = accounts.get(session, WORKSPACE, account_id)
        assert row is not None
        session.refresh(row)
        state = current_state(session, row)
        assert state == shown(fold(history_of(session, account_id)))
        return replace(state, account_id=0, contacts=tuple(replace(each, id=0) for each in state.contacts))

    def on_day(number: int) -> datetime:
        return FIRST + timedelta(days=number)

    with file_store.writing() as session:
        assert recorded_in(random.sample(happened, len(happened))) == recorded_in(sorted(happened))
        session.rollback()
