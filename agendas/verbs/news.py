"""News as drafts: kept for its writer until it is recorded, changed line by line, recorded in one go, taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from agendas.errors import CadenceError, Outdated
from agendas.facts.events import Noted
from agendas.facts.evidence import THEIR_WORDS, Evidence, EvidenceActor
from agendas.facts.group import ContactProfile
from agendas.facts.people import Author
from agendas.facts.signals import SignalKind, SignalStrength
from agendas.rules.news import MOST_DRAFTS, Draft, DraftKind, about
from agendas.rules.update_words import ActionWords, SignalEntry
from agendas.text.dates import local_date
from agendas.text.evidence import take_links
from agendas.verbs import updates
from agendas.verbs.corrections import take_back
from agendas.verbs.evidence import find_open
from agendas.verbs.group import add_contact, contact_left
from agendas.verbs.record import Recorded, current_state, record_and_show
from agendas.verbs.signals import note_signal, take_back_signal
from storage import accounts, inbox

# What is kept of news: its lines, under a name that only its writer's clicks lead to.

STORED = TypeAdapter(tuple[Draft, ...])
GONE = (
    "These lines are not kept any more, or somebody else wrote them, so nothing was recorded. Write the news again, "
    "and press below the answer to it."
)
NOT_THERE = "That line is not there any more, or was recorded. The newest message about this news has the others."


def keep(
    session: Session,
    workspace_id: str,
    user_id: str,
    key: str,
    drafts: Sequence[Draft],
    left_out: Sequence[str] = (),
    *,
    to_draft: str = "",
    now: datetime,
) -> None:
    """Keep the drafted lines under this key of their writer.

    `left_out` is the text that is in none of them, `to_draft` what the Draft button gives to a model.
    """
    lines = STORED.dump_python(tuple(drafts), mode="json", exclude_defaults=True)
    values = {"lines": lines, "left_out": list(left_out), "to_draft": to_draft}
    inbox.lock_person(session, workspace_id, user_id)
    inbox.keep_draft(session, workspace_id, user_id, f"{inbox.NEWS}{key}", values=values, now=now)


def _keep_again(session: Session, author: Author, key: str, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Keep the changed lines, with what was kept beside them, and return them."""
    left_out, to_draft = beside(session, author, key)
    keep(session, author.workspace_id, author.user_id, key, drafts, left_out, to_draft=to_draft, now=author.at)
    return tuple(drafts)


def beside(session: Session, author: Author, key: str) -> tuple[tuple[str, ...], str]:
    """Return what is kept beside the lines of this key: the text in none of them, and what Draft gives to a model."""
    values = inbox.get_draft(session, author.workspace_id, author.user_id, f"{inbox.NEWS}{key}") or {}
    return tuple(values.get("left_out", ())), values.get("to_draft", "")


def kept(session: Session, author: Author, key: str) -> tuple[Draft, ...]:
    """Return the lines that the person wrote under this key. Raises Outdated where none are kept."""
    inbox.lock_person(session, author.workspace_id, author.user_id)
    values = inbox.get_draft(session, author.workspace_id, author.user_id, f"{inbox.NEWS}{key}")
    try:
        return STORED.validate_python(values["lines"])
    except (KeyError, ValidationError):
        raise Outdated(GONE) from None


def forget(session: Session, author: Author, key: str) -> None:
    """Forget the lines. Raises Outdated where none are kept."""
    kept(session, author, key)
    inbox.forget_draft(session, author.workspace_id, author.user_id, f"{inbox.NEWS}{key}")


def with_items(session: Session, workspace_id: str, user_id: str, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts with the open items of their accounts, as far as this session sees the accounts."""
    rows = accounts.get_many(session, workspace_id, {each.account for each in drafts if each.account})
    states = {row.row_id: current_state(session, row) for row in rows}
    return tuple(
        about(each, states[each.account], user_id) if each.account in states else replace(each, account=0)
        for each in drafts
    )


def add(session: Session, author: Author, key: str, drafts: Sequence[Draft], but: Sequence[Draft]) -> tuple[Draft, ...]:
    """Add the drafts whose words are in no line kept and in no draft of `but`; keep and return all lines.

    The lines stay as they are, recorded or changed. Raises Outdated where none are kept.
    """
    kept_lines = kept(session, author, key)
    known_words = [each.words for each in (*but, *kept_lines)]
    new = [draft for draft in drafts if not any(draft.words in each or each in draft.words for each in known_words)]
    lines = (*kept_lines, *new)[:MOST_DRAFTS]
    if new:
        keep(session, author.workspace_id, author.user_id, key, lines, now=author.at)
    return lines


def names_of(session: Session, workspace_id: str, drafts: Sequence[Draft]) -> dict[int, str]:
    """Return the names of the accounts that the drafts are about."""
    ids = {each.account for each in drafts if each.account}
    return {row.row_id: row.name for row in accounts.get_many(session, workspace_id, ids)}


def change(
    session: Session, author: Author, key: str, number: int, changed: Callable[[Draft], Draft | None]
) -> tuple[Draft, ...]:
    """Replace the line at the index `number` by what `changed` returns, or remove it for None; return the lines kept.

    Raises Outdated where the line is not there, or was recorded meanwhile.
    """
    drafts = kept(session, author, key)
    if not number < len(drafts) or drafts[number].is_recorded:
        raise Outdated(NOT_THERE)
    before = drafts[number]
    after = changed(before)
    lines = [after if index == number else each for index, each in enumerate(drafts)]
    remaining = [each for each in lines if each is not None]
    # of another kind, or at another account, the line is about other open items
    if after is not None and (after.kind, after.account) != (before.kind, before.account):
        without_item = replace(after, item=0, items=())
        [remaining[number]] = with_items(session, author.workspace_id, author.user_id, [without_item])
    return _keep_again(session, author, key, remaining)


# Recording: all lines that ask their writer nothing more, or none of them.


@dataclass(slots=True)
class LineRefused(CadenceError):
    """A line cannot be recorded, and so none was; `sentence` says why."""

    number: int
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def record_lines(session: Session, author: Author, key: str, *, channel_id: str) -> tuple[Draft, ...]:
    """Record the lines that ask their writer nothing more, and return all lines.

    Each is recorded by the verb of its command, with the same rights and limits. Raises LineRefused for the first one
    that is refused; then none is recorded.
    """
    drafts = list(kept(session, author, key))
    for number, draft in enumerate(drafts):
        if draft.is_recorded or draft.asks:
            continue
        try:
            drafts[number] = replace(_record_line(session, author, draft, number, channel_id=channel_id), problem="")
        except CadenceError as error:
            raise LineRefused(number, str(error)) from None
    return _keep_again(session, author, key, drafts)


def refuse(session: Session, author: Author, key: str, error: LineRefused) -> tuple[Draft, ...]:
    """Mark the refused line with the reason, keep all lines and return them."""
    drafts = list(kept(session, author, key))
    drafts[error.number] = replace(drafts[error.number], problem=error.sentence)
    return _keep_again(session, author, key, drafts)


def take_lines_back(session: Session, author: Author, key: str) -> tuple[Draft, ...]:
    """Undo what was recorded of the news, the last line first; return the lines, which are drafts again.

    Raises Outdated or Refused for one that cannot be undone any more, and then undoes none.
    """
    drafts = list(kept(session, author, key))
    for number, draft in reversed(list(enumerate(drafts))):
        if draft.event_id:
            take_back(session, author, draft.event_id)
        if draft.signal_id:
            take_back_signal(session, author, draft.signal_id)
        drafts[number] = replace(draft, event_id=0, signal_id=0)
    return _keep_again(session, author, key, drafts)


def _record_line(session: Session, author: Author, draft: Draft, number: int, *, channel_id: str) -> Draft:
    """Record the line by the verb of its kind; return it with the id of the event or signal recorded."""
    if draft.kind is DraftKind.SIGNAL:
        at = updates.instant_of(author, draft.happened_on)
        # the words of news say no strength, and may name no kind
        entry = SignalEntry(draft.signal or SignalKind.OTHER, SignalStrength.MEDIUM, draft.words, happened_at=at)
        # the line's index tells it from another signal of the same news
        noted = note_signal(session, author, draft.account, entry, number=number)
        return replace(draft, signal_id=noted.signal.id)
    if draft.kind is DraftKind.NEXT_ACTION:
        words = ActionWords(draft.words, draft.owner, draft.due_on, take_links(draft.words, author.at)[1])
        today = local_date(author.at, author.zone)
        recorded = updates.next_action(session, author, draft.account, words, channel_id=channel_id, today=today)
    else:
        recorded = RECORDED[draft.kind](session, author, draft)
    return replace(draft, event_id=recorded.event.id)


def _movement(session: Session, author: Author, draft: Draft) -> Recorded:
    """Record movement with its evidence: the links in its words, or for a stage in the words that show it.

    Without a link: for a stage, the words that show it; for news, the evidence of the author's message, else its own
    words if the buyer or a third party acted. The actor and day of the line are those of its evidence too.
    """
    shown, at = draft.shows if draft.stage else draft.words, updates.instant_of(author, draft.happened_on)
    links = take_links(shown, at)[1] or (() if draft.stage else author.evidence)
    dated = (replace(each, dated_at=at) if draft.happened_on else each for each in links)
    pieces = tuple(replace(each, actor=draft.actor) if draft.actor else each for each in dated)
    if not pieces and draft.stage and draft.shows:
        pieces = (Evidence(draft.shows, at, kind="note", actor=draft.actor),)
    elif not pieces and not draft.stage and draft.actor in (EvidenceActor.BUYER, EvidenceActor.THIRD_PARTY):
        pieces = (Evidence(THEIR_WORDS, at, kind="note", actor=draft.actor),)
    return updates.move(
        session,
        author,
        draft.account,
        text=draft.words,
        to_stage=draft.stage,
        evidence=pieces,
        happened_on=draft.happened_on,
    )


def _note(session: Session, author: Author, draft: Draft) -> Recorded:
    found = find_open(session, author, draft.account)
    at = updates.instant_of(author, draft.happened_on)
    return record_and_show(session, author, draft.account, Noted(draft.words), happened_at=at, found=found)


def _blocker(session: Session, author: Author, draft: Draft) -> Recorded:
    needs = draft.needs.value if draft.needs else None
    links = take_links(draft.words, author.at)[1]
    return updates.open_blocker(
        session, author, draft.account, text=draft.words, needs=needs, evidence=links, happened_on=draft.happened_on
    )


def _joined(session: Session, author: Author, draft: Draft) -> Recorded:
    profile = ContactProfile(draft.person, draft.title, roles=(draft.role,) if draft.role else ())
    return add_contact(session, author, draft.account, profile)


def _today(author: Author) -> date:
    return local_date(author.at, author.zone)


RECORDED: Mapping[DraftKind, Callable[[Session, Author, Draft], Recorded]] = {
    DraftKind.MOVEMENT: _movement,
    DraftKind.BLOCKER: _blocker,
    DraftKind.NOTE: _note,
    DraftKind.DONE: lambda session, author, draft: updates.close_action(
        session, author, draft.account, draft.item, done=True, text=draft.words
    ),
    DraftKind.SLIPPED: lambda session, author, draft: updates.slip_action(
        session, author, draft.account, draft.item, due_on=draft.due_on or _today(author), text=draft.words
    ),
    DraftKind.RESOLVED: lambda session, author, draft: updates.resolve_blocker(
        session, author, draft.account, draft.item, text=draft.words
    ),
    DraftKind.LEFT: lambda session, author, draft: contact_left(
        session, author, draft.account, draft.item, left_on=draft.left_on or _today(author)
    ),
    DraftKind.JOINED: _joined,
    DraftKind.NO_CHANGE: lambda session, author, draft: updates.say_nothing_moved(session, author, draft.account),
}
"""The verb of each kind but signals and next actions."""
