"""Open a review: its row, the facts frozen, and the letters to post, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Source
from agendas.facts.people import Author
from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.review import AgendaItem
from agendas.facts.reviews.sections import sections_of
from agendas.rules.deals.stalled import excused_reviews
from agendas.rules.reviews.placement import placed_items
from agendas.rules.reviews.question.priority import question_of
from agendas.verbs.loading.load_facts import agenda_facts
from agendas.verbs.loading.plan import slot_of
from agendas.verbs.loading.roster import roster_at_opening
from agendas.verbs.loading.rows import state_adapter
from agendas.verbs.privacy.cadence import follow_private_cadences
from agendas.verbs.reviews.close import after_everything, close_review
from agendas.verbs.trail.chosen import chosen_for, note_chosen
from storage import accounts, reviews, workspaces
from storage.database.hidden_rows import showing_all
from storage.delivery import letter_keys, outbox
from storage.delivery.subjects import AgendaSubject, ReviewSubject, Subject, to_json
from storage.tables import Account, Cadence, Letter, LetterKind, Review, ReviewItem

DEFAULT_MINUTES = 45
DEFAULT_CLOSE_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """Review to open. `slot` makes it happen once; `account_ids`, if any, take the place of the cadence's scope."""

    workspace_id: str
    channel_id: str
    slot: str
    planned_on: date
    planned_at: datetime
    zone: str
    facilitator: str
    late_minutes: int = 0
    account_ids: tuple[int, ...] = ()


def open_review(session: Session, opening: Opening, *, cadence: Cadence | None, now: datetime) -> Review | None:
    """Open the review; return None when its slot was taken before.

    The channel's earlier open review is closed first. Whoever asks for it, it has the accounts that are private to its
    channel, and none that are private to another. Raises Refused when no account is in the scope.
    """
    with showing_all(session):
        return _opened(session, opening, cadence, now)


def _opened(session: Session, opening: Opening, cadence: Cadence | None, now: datetime) -> Review | None:
    if reviews.by_slot(session, opening.workspace_id, opening.slot) is not None:
        return None
    earlier = reviews.open_in(session, opening.workspace_id, opening.channel_id, lock=True)
    in_reach = _in_scope(session, opening, cadence)
    # the accounts of both reviews at once and by id, after the review: so two transactions never wait for each other
    of_earlier = set(reviews.account_ids(session, earlier.row_id)) if earlier else set()
    locked = accounts.get_many(session, opening.workspace_id, in_reach | of_earlier, lock=True)
    if cadence is not None and cadence.is_private:
        workspace = workspaces.get(session, opening.workspace_id)
        cadence_itself = Author(opening.workspace_id, workspace.bot_user_id if workspace else "", Source.SYSTEM, now)
        follow_private_cadences(session, cadence_itself, in_reach)
    rows = _reviewed_there([row for row in locked if row.row_id in in_reach], opening)
    if not rows:
        raise Refused(
            "No named account is in this review's scope. Name one first: /account name ACCOUNT tier 1 because TEXT."
        )
    now = after_everything(session, [row.row_id for row in rows], now)
    if earlier is not None:
        close_review(session, earlier, now=now, closed_by="")
    review = review_row(opening, cadence, now)
    session.add(review)
    session.flush()
    facts = agenda_facts(session, rows, now=now, zone=opening.zone)
    review.settings = facts[rows[0].row_id].settings.to_store()
    if cadence is not None and opening.slot == slot_of(cadence.row_id, opening.planned_on):
        _keep_roster(session, review, cadence, now)
    left_out = reviews.times_left_out(session, opening.workspace_id, opening.channel_id, list(facts))
    chosen = chosen_for(cadence, opening.slot, opening.planned_on)
    parts = {account_id: each.part for account_id, each in chosen.items()}
    items = placed_items(facts, left_out, review.minutes, parts, takes_all=bool(opening.account_ids))
    note_chosen(session, review, items, chosen)
    held = {row.row_id: row.held_item_id for row in rows}
    for row in rows:
        row.frozen_at = now
    reviews.add_items(session, [_item_row(review, item, held[item.facts.account.account_id]) for item in items])
    place_of = {row.row_id: own_place(row) for row in rows}
    discussed = reviews.numbered(session, review.row_id, ItemPart.DISCUSSED)
    agendas = [agenda_letter(review, number, now, place_of[account_id]) for number, account_id in discussed]
    _queue_letters(session, review, agendas, now)
    return review


def _keep_roster(session: Session, review: Review, cadence: Cadence, now: datetime) -> None:
    """Keep who was asked to prepare the planned review, and when updates for it ended."""
    review.roster = roster_at_opening(session, cadence, review.planned_on, at=review.planned_at, now=now)
    if review.roster:
        review.updates_ended_at = review.planned_at - timedelta(minutes=cadence.cutoff_minutes)


def _reviewed_there(rows: Sequence[Account], opening: Opening) -> list[Account]:
    """Return the accounts without those private to another channel. Raises Refused for one that was named."""
    elsewhere = [row for row in rows if row.private_channel not in ("", opening.channel_id)]
    if elsewhere and opening.account_ids:
        first = elsewhere[0]
        raise Refused(f"{first.name} is private to another channel, so it is reviewed there alone.")
    return [row for row in rows if row not in elsewhere]


def _in_scope(session: Session, opening: Opening, cadence: Cadence | None) -> set[int]:
    if opening.account_ids:
        return set(opening.account_ids)
    return accounts.in_scope(session, opening.workspace_id, **(cadence.scope if cadence else {}))


def review_row(opening: Opening, cadence: Cadence | None, now: datetime) -> Review:
    """Return the row of a review that opens now, not stored yet."""
    closes_in = timedelta(minutes=cadence.close_after_minutes) if cadence else DEFAULT_CLOSE_AFTER
    return Review(
        workspace_id=opening.workspace_id,
        cadence_id=cadence.id if cadence else None,
        channel_id=opening.channel_id,
        slot=opening.slot,
        planned_on=opening.planned_on,
        planned_at=opening.planned_at,
        opened_at=now,
        closes_at=now + closes_in,
        late_minutes=opening.late_minutes,
        minutes=cadence.minutes if cadence else DEFAULT_MINUTES,
        facilitator=opening.facilitator,
        zone=opening.zone,
        sections=[each.value for each in sections_of(cadence.sections if cadence else ())],
    )


def _item_row(review: Review, item: AgendaItem, held_item_id: int | None) -> ReviewItem:
    question = question_of(item.facts, item.placement)
    return ReviewItem(
        workspace_id=review.workspace_id,
        review_id=review.row_id,
        account_id=item.facts.account.account_id,
        position=item.position,
        part=item.part.value,
        minutes=item.minutes,
        times_left_out=item.times_left_out,
        bucket=item.placement.bucket.value,
        reasons=[[code.value, number, limit] for code, number, limit in item.placement.reasons],
        is_aged=item.placement.stall.is_stalled,
        excused_reviews=excused_reviews(item.placement.stall, item.facts.excused_before),
        question=[question.code.value, question.number, question.limit] if question else [],
        before_item_id=held_item_id,
        opened_state=state_adapter.dump_python(item.facts.account, mode="json"),
    )


def _queue_letters(session: Session, review: Review, agendas: Sequence[Letter], now: datetime) -> None:
    """The header, then the message of each account, then the header once more with links to them.

    Channels are posted in independently: after each message elsewhere the header is edited again.
    """
    header = letter_of(
        review,
        now,
        key=letter_keys.of_header(review.row_id),
        page="review_header",
        subject=ReviewSubject(review.row_id),
    )
    outbox.queue_many(session, [header, *agendas])
    here = [letter.key for letter in (header, *agendas) if letter.channel_id == review.channel_id]
    elsewhere = [letter.key for letter in agendas if letter.channel_id != review.channel_id]
    stored = outbox.by_keys(session, review.workspace_id, (header.key, here[-1], *elsewhere))
    edits = [
        outbox.edit_of(stored[header.key], number=number, now=now, after=stored[key])
        for number, key in enumerate((here[-1], *elsewhere), start=1)
    ]
    outbox.queue_many(session, edits)


def own_place(row: Account) -> str:
    """Return the account's own channel where its agendas are posted there and may be read there, else ''."""
    return row.channel_id if row.posts_agenda and row.private_channel in ("", row.channel_id) else ""


def agenda_letter(review: Review, item_id: int, now: datetime, place: str = "") -> Letter:
    """Return the letter with the agenda of one account of the review, to the channel `place` or the review's."""
    subject = AgendaSubject(review.row_id, item_id)
    letter = letter_of(review, now, key=letter_keys.of_item(review.row_id, item_id), page="agenda", subject=subject)
    letter.channel_id = place or review.channel_id
    return letter


def letter_of(review: Review, now: datetime, *, key: str, page: str, subject: Subject) -> Letter:
    """Return a letter to the channel of a review."""
    return Letter(
        workspace_id=review.workspace_id,
        key=key,
        kind=LetterKind.POST,
        page=page,
        subject=to_json(subject),
        channel_id=review.channel_id,
        review_id=review.id,
        created_at=now,
        due_at=now,
    )
