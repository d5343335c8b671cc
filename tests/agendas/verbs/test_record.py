import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts import narrative
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
from agendas.facts.people import Author
from agendas.facts.plays import PlayEnd, PlayEnded, PlayStarted
from agendas.rendering.words import Words
from agendas.rules.fold import fold, without_closed
from agendas.verbs import account_list, closing, compose, record, reviews, updates
from agendas.verbs.loading import event_facts
from agendas.verbs.reads import find_exact
from agendas.verbs.record import NewEntry, Recorded, create, current_state, record_many
from agendas.verbs.record import record as record_event
from storage import accounts, events, outbox
from storage import reviews as stored_reviews
from storage.database import Store
from storage.models.delivery import Letter
from storage.models.subjects import ContactRow
from tests.agendas.verbs.importing import by_name
from tests.builders import ANN, BOB, EVE, NOW, WORKSPACE, ago, author, evidence, profile
from tests.program import Program, learn_people, people_alone, stored_program


# An event and the account after it are one: whatever the order, the stored state is the fold of the history.
def test_every_account_of_the_program_stands_as_its_history_says(store: Store) -> None:
    program = stored_program(store)
    with store.reading() as session:
        for number in program.accounts.values():
            assert stored(session, number) == folded(session, number)


def test_an_edit_changes_what_the_account_answers_to(store: Store) -> None:
    program = people_alone(store)
    number = program.did(account_list.nominate, ANN, ago(30), profile(aliases=("AC",))).event.account_id
    program.did(record.record, ANN, ago(1), number, Edited(profile("Acme Group", aliases=("AG",))))
    for word, found in (("ag", number), ("acme group", number), ("ac", None), ("acme corp", None)):
        assert program.read(find_exact, word) == found


def test_what_is_recorded_while_a_review_is_open_belongs_to_it(store: Store) -> None:
    program = stored_program(store)
    acme, pinewood = program.accounts["acme"], program.accounts["pinewood"]
    inside: Recorded = program.did(record.record, ANN, NOW, acme, NothingMoved())
    outside: Recorded = program.did(record.record, ANN, NOW, pinewood, NothingMoved())
    assert (inside.event.review_id, outside.event.review_id) == (program.reviews[-1], None)


def test_nothing_is_recorded_of_an_account_of_another_workspace_or_of_none(store: Store) -> None:
    program = stored_program(store)
    stranger = author(ANN)
    for number, who in ((9_999, stranger), (program.accounts["acme"], replace(author(EVE), workspace_id="T0OTHER01"))):
        with pytest.raises(Outdated):
            store.write_now(record.record, who, number, NothingMoved())


def test_the_events_evidence_and_both_times_are_kept(store: Store) -> None:
    program = stored_program(store)
    shown = evidence(dated_at=ago(4))
    done: Recorded = program.did(
        record.record, ANN, NOW, program.accounts["acme"], Moved("x"), evidence=(shown,), happened_at=ago(3)
    )
    with store.reading() as session:
        row = events.get(session, WORKSPACE, done.event.id)
        assert row is not None
        kept = event_facts(row)
    assert (kept.happened_at, kept.recorded_at, kept.evidence) == (ago(3), NOW, (shown,))


def stored(session: Session, account_id: int) -> AccountState:
    """The account as its rows say, with everything that was ever opened."""
    row = accounts.get(session, WORKSPACE, account_id)
    assert row is not None
    return current_state(session, row, since=ago(10_000))


def folded(session: Session, account_id: int) -> AccountState | None:
    return fold(event_facts(row) for row in events.of_account(session, account_id))


# Many entries at once leave what recording them one by one leaves.

RITA = ContactProfile("Rita Sample", "CFO", roles=(BuyingRole.ECONOMIC_BUYER,))


def deal(phase: Phase, stage_name: str, closes_on: date) -> OpportunityChanged:
    return OpportunityChanged(OpportunityProfile("crm:1", "Pilot", stage_name, phase, closes_on=closes_on))


def nominated(store: Store) -> int:
    learn_people(store)
    recorded = Program(store).did(account_list.nominate, ANN, ago(50), Profile("Sample Acme"), because="Fits")
    number: int = recorded.event.account_id
    return number


def test_a_deal_s_history_counts_with_its_true_dates_whatever_the_order_of_its_rows(store: Store) -> None:
    number = nominated(store)
    late = NewEntry(deal(Phase.LATE, "Contract", date(2026, 12, 20)), ago(5))
    first = NewEntry(deal(Phase.EARLY, "Discovery", date(2026, 11, 30)), ago(40))
    store.write_now(record_many, author(ANN, NOW, Source.IMPORT), {number: [late, first]})
    [pilot] = by_name(store)["Sample Acme"].opportunities
    assert (pilot.opened_at, pilot.stage_since, pilot.pushes) == (ago(40), ago(5), 1)
    assert pilot.profile.phase is Phase.LATE


def test_a_person_added_changed_and_taken_back_again_is_stored_as_the_history_tells(store: Store) -> None:
    number = nominated(store)
    store.write_now(record_many, author(), {number: [NewEntry(ContactAdded(RITA)), NewEntry(ContactAdded(RITA))]})
    first, second = by_name(store)["Sample Acme"].contacts
    left = ContactProfile(RITA.name, RITA.title, roles=RITA.roles, left_on=date(2026, 11, 20))
    store.write_now(
        record_many, author(), {number: [NewEntry(ContactEdited(first.id, left)), NewEntry(Corrected(second.id))]}
    )
    [rita] = by_name(store)["Sample Acme"].contacts
    assert (rita.id, rita.profile) == (first.id, left)


def test_the_day_of_a_person_s_latest_signal_survives_a_correction(store: Store) -> None:
    number = nominated(store)
    store.write_now(record_many, author(), {number: [NewEntry(ContactAdded(RITA)), NewEntry(ContactAdded(RITA))]})
    first, second = by_name(store)["Sample Acme"].contacts
    with store.writing() as session:
        row = session.get(ContactRow, first.id)
        assert row is not None
        row.signalled_on = date(2026, 11, 23)
    store.write_now(record_many, author(), {number: [NewEntry(Corrected(second.id))]})
    with store.reading() as session:
        account = accounts.get(session, WORKSPACE, number)
        assert account is not None
        [rita] = current_state(session, account).contacts
        assert rita.last_touch_on == date(2026, 11, 23)
        assert len(events.of_account(session, number)) == 4


# An update is shown in every review that discusses its account.

HOUR = timedelta(hours=1)


@pytest.fixture
def program(store: Store) -> Program:
    """The sample program with Acme Corp in two open reviews: the weekly one, and one of another channel."""
    program = stored_program(store)
    review = program.did(
        reviews.open_now,
        EVE,
        NOW,
        "C0EMEA001",
        asked_by="command:1",
        today=NOW.date(),
        account_ids=(program.accounts["acme"],),
    )
    return replace(program, reviews=[*program.reviews, review.row_id])


def says(program: Program) -> Recorded:
    recorded: Recorded = program.did(updates.move, ANN, NOW + HOUR, program.accounts["acme"], text="They signed")
    return recorded


def lines(program: Program, recorded: Recorded) -> dict[int | None, Letter]:
    keys = {number: f"event:{recorded.event.id}:line:{number}" for number in program.reviews}
    found = {number: program.read(outbox.by_key, key) for number, key in keys.items()}
    return {number: line for number, line in found.items() if line is not None}


def waiting_edits(program: Program, review_id: int) -> set[str]:
    return {
        letter.page
        for letter in program.store.read_now(outbox.of_review, review_id)
        if letter.kind == "edit" and letter.due_at == NOW + HOUR + timedelta(seconds=2)
    }


def test_every_open_review_of_the_account_gets_the_line_and_the_edits(program: Program) -> None:
    with program.store.writing() as session:
        for number in program.reviews[-2:]:
            for letter in outbox.of_review(session, number):
                letter.state = "sent"
                session.add(letter)
    found = lines(program, says(program))
    assert list(found) == program.reviews[-2:]
    for number, line in found.items():
        parent = next(each for each in program.store.read_now(outbox.of_review, number) if each.id == line.parent)
        assert (parent.page, parent.channel_id) == ("agenda", line.channel_id)
        assert line.review_id == number
        assert not line.subject["is_late"]
        assert waiting_edits(program, number) == {"agenda", "review_header"}


def test_a_review_that_closed_gets_no_line_while_another_is_open(program: Program) -> None:
    program.did(closing.close_by_person, EVE, NOW, program.reviews[-1])
    assert list(lines(program, says(program))) == [program.reviews[-2]]


def test_with_none_open_the_latest_gets_the_line_which_says_that_it_is_late(program: Program) -> None:
    for number in program.reviews[-2:]:
        program.did(closing.close_by_person, EVE, NOW, number)
    [(number, line)] = lines(program, says(program)).items()
    assert number == program.reviews[-1]
    [said] = program.store.read_now(compose.compose, line, words=Words(), now=NOW + HOUR)
    assert said.text == "After the review of Tue 24 Nov closed, Ann: news: They signed."
    told = [each for each in program.store.read_now(outbox.of_review, number) if each.page == "recap"]
    assert [each.kind for each in told] == ["post", "edit"]
    [recap] = program.store.read_now(compose.compose, told[1], words=Words(), now=NOW + HOUR)
    assert "*Updated after it closed* Acme Corp" in str(recap.blocks)


def test_the_open_reviews_of_an_account_come_in_the_order_they_were_opened(program: Program) -> None:
    found = program.store.read_now(stored_reviews.open_items_of, program.accounts["acme"])
    assert [review.row_id for _, review in found] == program.reviews[-2:]
    items = [program.store.read_now(stored_reviews.item, WORKSPACE, item_id) for item_id, _ in found]
    assert [each.review_id for each in items if each is not None] == program.reviews[-2:]
    assert program.store.read_now(stored_reviews.open_items_of, program.accounts["pinewood"]) == []


def test_an_event_belongs_to_the_review_opened_last(program: Program) -> None:
    assert says(program).event.review_id == program.reviews[-1]


# Whatever is recorded, late or taken back: the stored account is the fold of its whole history.

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
justifications = st.builds(narrative.Justification, texts, texts, texts)
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
    st.builds(narrative.Justified, justifications, justifications),
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
    st.builds(narrative.NarrativeWritten, st.builds(narrative.Narrative, texts, texts, texts, texts)),
    st.builds(narrative.ProductInputGiven, st.sampled_from(narrative.ProductField), texts),
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
    open_parts = without_closed(state, LAST)
    return replace(
        open_parts,
        blockers=tuple(sorted(open_parts.blockers, key=lambda blocker: blocker.id)),
        actions=tuple(sorted(open_parts.actions, key=lambda action: action.id)),
        contacts=tuple(sorted(open_parts.contacts, key=lambda contact: contact.id)),
        opportunities=tuple(sorted(open_parts.opportunities, key=lambda deal: deal.key)),
        plays=tuple(sorted(open_parts.plays, key=lambda play: play.id)),
    )


@settings(max_examples=settings().max_examples // 3)
@given(chosen=steps)
def test_the_stored_account_is_the_fold_of_its_history_after_every_step(file_store, chosen):
    with file_store.writing() as session:
        author = Author(WORKSPACE, ANN, Source.COMMAND, FIRST)
        first = create(session, author, Nominated(Profile("Acme")))
        account_id, ids, happened_at = first.event.account_id, [first.event.id], FIRST
        for number, (change, hours, has_evidence) in enumerate(chosen, start=1):
            happened_at += timedelta(hours=hours)
            evidence = (Evidence("Notes", happened_at, actor=EvidenceActor.BUYER),) if has_evidence else ()
            author = replace(author, at=FIRST + timedelta(hours=number))
            try:
                recorded = record_event(
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


@settings(max_examples=settings().max_examples // 3)
@given(happened=acts, added=st.tuples(st.integers(1, 60), st.integers(1, 60)), random=st.randoms(use_true_random=False))
def test_what_happened_makes_the_same_account_in_whatever_order_it_is_recorded(file_store, happened, added, random):
    def recorded_in(order: list[tuple[int, str, EvidenceActor]]) -> AccountState:
        author = Author(WORKSPACE, ANN, Source.COMMAND, FIRST)
        account_id = create(session, author, Nominated(Profile("Acme"))).event.account_id
        author = replace(author, at=FIRST + timedelta(days=61))
        people = [
            record_event(session, author, account_id, ContactAdded(ContactProfile(name)), happened_at=on_day(number))
            for name, number in zip(("Rita", "Jo"), added, strict=True)
        ]
        rita, jo = (each.event.id for each in people)
        named = {"rita": (rita,), "jo": (jo,), "both": (rita, jo), "nobody": ()}
        for number, who, actor in order:
            act = Evidence("Minutes", on_day(number), actor=actor, contact_ids=named[who])
            step = None if number % 3 else list(Stage)[number % len(Stage)].value
            record_event(session, author, account_id, Moved("News", step), evidence=(act,), happened_at=on_day(number))
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
