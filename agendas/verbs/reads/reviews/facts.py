"""Reads of reviews: a review with its accounts, one of its accounts, those of a message. Nothing here writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from agendas.errors import Outdated
from agendas.facts.account import Decision
from agendas.facts.events import Decided, NothingMoved
from agendas.facts.program.trail import TrailSubject
from agendas.facts.reviews.agenda import AgendaFacts, ItemPart
from agendas.facts.reviews.cadence import CadenceKind
from agendas.facts.reviews.preparing import Part
from agendas.facts.reviews.review import AgendaItem, ReviewFacts
from agendas.facts.reviews.sections import sections_of
from agendas.rules.history.corrections import standing
from agendas.rules.history.fold_changes import decision_of
from agendas.rules.history.news import is_updated
from agendas.rules.history.weight import AUTOMATIC
from agendas.rules.reviews.placement import place
from agendas.text.days import local_date
from agendas.verbs.loading.load_facts import closed_facts, item_facts
from agendas.verbs.loading.preparation import updates_ended_at
from agendas.verbs.loading.roster import with_waited_for
from agendas.verbs.reads.corrections import corrected_in
from agendas.verbs.reads.permalinks import permalinks
from agendas.verbs.trail.note import subject_of
from storage import accounts, events, people, reviews
from storage.audit import entries
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import UpdateSubject, item_id_of
from storage.tables import Event, Letter, LetterKind, Review, ReviewItem

GONE = "That review does not exist any more. See this channel's reviews with /review history."
NOT_KEPT = "That review is not kept any more. See the account with /account."


def review_facts(session: Session, workspace_id: str, review_id: int, *, now: datetime) -> ReviewFacts:
    """Return the review with its accounts: as of `now` while it is open, as frozen once it is closed.

    Raises Outdated when there is no such review.
    """
    review = get_review(session, workspace_id, review_id)
    rows = reviews.items(session, review_id)
    facts = _facts(session, review, rows, now)
    letters = outbox.of_review(session, review_id)
    links = permalinks(session, workspace_id, letters)
    elsewhere = {each.key: each.channel_id for each in letters if is_elsewhere(each, review)}
    ended_at = updates_ended_at(session, review)
    placed = (
        (
            agenda_item(review, row, facts[row.account_id], links, ended_at=ended_at),
            elsewhere.get(_key(review, row), ""),
        )
        for row in rows
        if row.account_id in facts
    )
    items = tuple(replace(item, posted_in=place) if place else item for item, place in placed)
    corrected, chosen = corrected_in(session, review, items), _chosen(session, review)
    added = tuple((account_id, by) for account_id, by, part in chosen if part == ItemPart.DISCUSSED)
    left_out = tuple((account_id, by) for account_id, by, part in chosen if part == ItemPart.LEFT_OUT)
    told = assemble_review(session, review, items)
    return replace(told, corrected=corrected, added=added, left_out_by=left_out)


def review_item(
    session: Session, workspace_id: str, review_item_id: int, *, now: datetime, review: Review | None = None
) -> AgendaItem:
    """Return one account of a review, current or frozen like the review. Raises Outdated when there is none.

    `review` is the item's review, if it was read already.
    """
    row = reviews.item(session, workspace_id, review_item_id)
    if row is None:
        raise Outdated(GONE)
    review = review or get_review(session, workspace_id, row.review_id)
    facts = _facts(session, review, [row], now)
    letter = outbox.by_key(session, workspace_id, letter_keys.of_item(review.row_id, row.row_id))
    links = permalinks(session, workspace_id, [letter] if letter else ())
    return agenda_item(review, row, facts[row.account_id], links, ended_at=updates_ended_at(session, review))


def account_of(session: Session, workspace_id: str, channel_id: str, ts: str) -> int | None:
    """Return the account whose agenda is the message `ts` of the channel, None for other messages."""
    letter = outbox.posted_as(session, workspace_id, channel_id, ts) if channel_id and ts else None
    item_id = item_id_of(letter) if letter else None
    row = reviews.item(session, workspace_id, item_id) if item_id is not None else None
    return row.account_id if row else None


def account_of_item(session: Session, workspace_id: str, review_item_id: int) -> int:
    """Return the account id of a review's item. Raises Outdated when there is no such item."""
    row = reviews.item(session, workspace_id, review_item_id)
    if row is None:
        raise Outdated(NOT_KEPT)
    return row.account_id


def get_review(session: Session, workspace_id: str, review_id: int) -> Review:
    """Return the review's row. Raises Outdated when there is none."""
    review = reviews.get(session, workspace_id, review_id)
    if review is None:
        raise Outdated(GONE)
    return review


def assemble_review(session: Session, review: Review, items: tuple[AgendaItem, ...]) -> ReviewFacts:
    """Return the review with these accounts, its participants and decisions, and the instant of the next review."""
    present = review.attended if review.closed_at else sorted(participants(events.of_review(session, review.row_id)))
    cadence = reviews.cadence(session, review.cadence_id) if review.cadence_id else None
    functions = functions_of(session, review.workspace_id)
    return _review_facts(review, items, present, functions, next_at=cadence.next_at if cadence else None)


def functions_of(session: Session, workspace_id: str) -> dict[str, str]:
    """Return the function of each person by user id, '' where none is set."""
    return {person.user_id: person.function or "" for person in people.members(session, workspace_id)}


def no_change_reporters(facts: AgendaFacts, since: datetime) -> tuple[str, ...]:
    """Return the people who reported since the review opened that nothing moved, each once."""
    reports = (event for event in standing(facts.events) if isinstance(event.change, NothingMoved))
    return tuple(dict.fromkeys(event.actor for event in reports if event.recorded_at > since))


def agenda_item(
    review: Review, row: ReviewItem, facts: AgendaFacts, links: Mapping[str, str], *, ended_at: datetime | None
) -> AgendaItem:
    """Return the account as an item of its review, placed by the rules; `links` are permalinks by key of the letter."""
    return AgendaItem(
        position=row.position,
        facts=facts,
        placement=place(facts),
        part=ItemPart(row.part),
        minutes=row.minutes,
        permalink=links.get(_key(review, row), ""),
        review_item_id=row.row_id,
        no_change_said_by=no_change_reporters(facts, review.opened_at),
        opened_at=review.opened_at,
        review_on=local_date(review.planned_at, review.zone),
        times_left_out=row.times_left_out,
        is_updated=is_updated(facts, review.opened_at) and not facts.missing_updates_from,
        question=str(row.question[0]) if row.question else "",
        sections=sections_of(review.sections),
        updates_ended_at=ended_at,
    )


def is_elsewhere(letter: Letter, review: Review) -> bool:
    """Return true for an agenda that is posted in an account's own channel and not in the review's."""
    is_agenda = letter.page == "agenda" and letter.kind == LetterKind.POST
    return is_agenda and letter.channel_id != review.channel_id


def late_for(session: Session, workspace_id: str, update: UpdateSubject) -> date | None:
    """Return the day of the closed review that an update came too late for, None for one that was in time."""
    if not update.is_late:
        return None
    review = get_review(session, workspace_id, update.review_id)
    return local_date(review.planned_at, review.zone)


def is_below_header(session: Session, letter: Letter) -> bool:
    """Return true for a line in a header's thread, which the accounts without a message of their own share."""
    header = session.get(Letter, letter.parent) if letter.parent else None
    return header is not None and header.page == "review_header"


def participants(recorded: Iterable[Event]) -> set[str]:
    """Return the people who recorded something by hand."""
    return {event.actor for event in recorded if event.source not in AUTOMATIC}


def people_asked(review: Review) -> int:
    """Return the number of people who were asked to prepare it, as it was when it opened."""
    return len({user_id for user_id, part, *_ in review.roster if part != Part.OBSERVING})


def _key(review: Review, row: ReviewItem) -> str:
    return letter_keys.of_item(review.row_id, row.row_id)


def _facts(session: Session, review: Review, rows: Sequence[ReviewItem], now: datetime) -> Mapping[int, AgendaFacts]:
    if review.closed_at is not None:
        return closed_facts(session, review, rows)
    found = accounts.get_many(session, review.workspace_id, [row.account_id for row in rows])
    return with_waited_for(session, review, item_facts(session, review, found, rows, now=now), now)


def _review_facts(
    review: Review,
    items: tuple[AgendaItem, ...],
    present: Iterable[str],
    functions: Mapping[str, str],
    *,
    next_at: datetime | None = None,
) -> ReviewFacts:
    return ReviewFacts(
        id=review.row_id,
        channel_id=review.channel_id,
        zone=review.zone,
        planned_at=review.planned_at,
        opened_at=review.opened_at,
        minutes=review.minutes,
        facilitator=review.facilitator,
        items=items,
        closed_at=review.closed_at,
        closed_by=review.closed_by,
        late_minutes=review.late_minutes,
        attended=tuple((person, functions.get(person, "")) for person in present),
        was_held=review.was_held,
        asked=people_asked(review),
        decisions=tuple(_decisions(items, review.opened_at)),
        next_at=next_at,
        kind=CadenceKind(review.kind),
    )


def _chosen(session: Session, review: Review) -> tuple[tuple[int, str, str], ...]:
    """The account ids that somebody added to a review or left out of it, each with who did it and the part, in order.

    What was left out before it opened and added since is only added.
    """
    found = entries.of_subject(session, review.workspace_id, subject_of(TrailSubject.REVIEW, review.row_id))
    chosen = [entry for entry in found if "account_id" in entry.after]
    last = {entry.after["account_id"]: entry for entry in chosen}
    parts = {account_id: entry.after.get("part", ItemPart.DISCUSSED) for account_id, entry in last.items()}
    return tuple((account_id, entry.actor, parts[account_id]) for account_id, entry in last.items())


def _decisions(items: Iterable[AgendaItem], since: datetime) -> Iterator[tuple[int, Decision]]:
    """Decisions taken since the review opened, as their asks stand, account by account, without retracted ones.

    An account may be in two open reviews: its decisions appear in the recaps of both.
    """
    for each in items:
        account = each.facts.account
        open_asks = {ask.event_id: ask for ask in account.open_asks}
        for event in standing(each.facts.events):
            if isinstance(event.change, Decided) and event.recorded_at > since:
                decision = open_asks.get(event.id) or decision_of(event.change, event)
                is_answered = decision.is_open_ask and decision.asks_stand and event.id not in open_asks
                yield account.account_id, replace(decision, done_at=each.facts.now) if is_answered else decision
