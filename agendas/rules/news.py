"""News as drafts: what a text would record, clause by clause, and what has to be asked before."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from agendas.facts.account import AccountState, Stage
from agendas.facts.evidence import EvidenceActor
from agendas.facts.group import BuyingRole, Contact
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from agendas.rules.update_words import named_by, shared_words
from agendas.text.names import plain_words
from agendas.text.people_named import words


class DraftKind(StrEnum):
    """Things that a clause of news can record."""

    MOVEMENT = "movement"
    BLOCKER = "blocker"
    NEXT_ACTION = "next_action"
    NOTE = "note"
    DONE = "done"
    SLIPPED = "slipped"
    RESOLVED = "resolved"
    LEFT = "left"
    JOINED = "joined"
    NO_CHANGE = "no_change"
    SIGNAL = "signal"
    UNCLEAR = "unclear"
    """Something was told, and its kind has to be asked."""


class Asks(StrEnum):
    """What has to be asked of a draft before it can be recorded, in the order of asking."""

    ACCOUNT = "account"
    KIND = "kind"
    ITEM = "item"
    OWNER = "owner"
    DAY = "day"
    PERSON = "person"
    GONE = "gone"
    """Whether the blocker is gone: the words only seem to say so."""


MOST_DRAFTS = 15
"""Drafts of one text: with their buttons they fill three screens. Ours."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One thing that news would record.

    Attributes:
        kind: what it is.
        words: a piece of the text, which is recorded as it stands.
        account: the account, 0 where it has to be asked.
        typed, near: where it has to be asked, the name as typed if there is one, and the accounts it may be.
        actor: of a movement, who acted; None where the words do not tell.
        stage: of a movement, the stage that its words name. Nothing shows it yet.
        needs: of a blocker, the function of ours whose help it needs.
        owner: of a next action, a user id; '' where the words leave open whom of ours they mean.
        happened_on: the day of a movement, a blocker, a note or a signal; None where none before today is told.
        due_on: the day of a next action, or to which one slipped; None where none is told.
        person, title, role: who left or joined, as typed and as one of our roles.
        left_on: the day by which somebody was gone; None where none is told.
        signal, count: of a signal, its kind, and of how many people; 0 where that is not told.
        item: the open action or blocker, or the person of the group, 0 where it has to be asked.
        items: those that it may be, with their texts.
        is_confirmed: the writer said that the blocker is gone.
        shows: what shows a stage, as the writer gave it.
        problem: the sentence with which it was refused when it was to be recorded.
        event_id, signal_id: what was recorded of it, 0 for nothing yet.
        is_by_model: a language model drafted it.
    """

    kind: DraftKind
    words: str
    account: int = 0
    typed: str = ""
    near: tuple[tuple[int, str], ...] = ()
    actor: EvidenceActor | None = None
    stage: Stage | None = None
    needs: Function | None = None
    owner: str = ""
    happened_on: date | None = None
    due_on: date | None = None
    person: str = ""
    title: str = ""
    role: BuyingRole | None = None
    left_on: date | None = None
    signal: SignalKind | None = None
    count: int = 0
    item: int = 0
    items: tuple[tuple[int, str], ...] = ()
    is_confirmed: bool = False
    shows: str = ""
    problem: str = ""
    event_id: int = 0
    signal_id: int = 0
    is_by_model: bool = False

    @property
    def is_recorded(self) -> bool:
        return bool(self.event_id or self.signal_id)

    @property
    def asks(self) -> Asks | None:
        """What has to be asked first, None where it can be recorded."""
        if not self.account:
            return Asks.ACCOUNT
        if self.kind is DraftKind.UNCLEAR:
            return Asks.KIND
        if self.kind in ABOUT_ITEMS and not self.item:
            return Asks.ITEM
        if self.kind is DraftKind.NEXT_ACTION and not self.owner:
            return Asks.OWNER
        if self.kind is DraftKind.SLIPPED and self.due_on is None:
            return Asks.DAY
        if self.kind is DraftKind.JOINED and not self.person:
            return Asks.PERSON
        if self.kind is DraftKind.RESOLVED and not self.is_confirmed:
            return Asks.GONE
        return None


ABOUT_ITEMS = (DraftKind.DONE, DraftKind.SLIPPED, DraftKind.RESOLVED, DraftKind.LEFT)
"""Kinds about something that is on the account already."""

MOST_ITEMS = 4
"""Items offered to choose from; the form has no more either."""


def about(draft: Draft, account: AccountState, user_id: str) -> Draft:
    """Return the draft with the open action or blocker, or the person, of its account that it is about.

    It is the one that the text names: of actions, one of the writer's own (`user_id`). Where the text names no such
    action, which one it is has to be asked, even if there is only one. Where nothing open can be meant, the kind of the
    draft is asked. What we did, without a stage, becomes an action done if it names exactly one of the writer's own.
    Drafts of other kinds are about no item and stay as they are.
    """
    if draft.kind is DraftKind.LEFT:
        return _about_items(draft, [(each.id, each.profile.name) for each in _people_meant(draft, account)])
    if draft.kind is DraftKind.RESOLVED:
        blockers = [(each.id, each.text) for each in account.open_blockers]
        named = _items_named(draft.words, blockers, account.name)
        return _about_items(draft, named or (blockers if PLAINLY_GONE.match(draft.words) else []))
    mine = [(each.id, each.text) for each in account.open_actions if each.owner == user_id]
    if draft.kind in (DraftKind.DONE, DraftKind.SLIPPED):
        every = [(each.id, each.text) for each in account.open_actions]
        if own := _items_named(draft.words, mine, account.name):
            return _about_items(draft, own)
        # the text names none of them, so that even the only one is not taken without asking
        offered = _about_items(draft, [*mine, *(each for each in every if each not in mine)])
        return replace(offered, item=0)
    if draft.kind is DraftKind.MOVEMENT and draft.actor is EvidenceActor.US and draft.stage is None:
        meant = named_by(draft.words, [each for each in account.open_actions if each.owner == user_id])
        items = [(meant[0].id, meant[0].text)] if meant else []
        if SAID_DONE.search(draft.words):
            items = items or _items_named(draft.words, mine, account.name)
        return _about_items(replace(draft, kind=DraftKind.DONE), items) if len(items) == 1 else draft
    return draft


SAID_DONE = re.compile(r"[,;.!]\s+(?:all )?done\W*$", re.IGNORECASE)
"""An end that says of what stands before it that it was an action: "asked the crew leads, done"."""

PLAINLY_GONE = re.compile(r"(?:un|re)?(?:blocked|solved)\b", re.IGNORECASE)
"""A beginning that is about a blocker, whatever follows."""


def _about_items(draft: Draft, found: Sequence[tuple[int, str]]) -> Draft:
    """The draft about these items: about the only one, else which one is asked. Without any, its kind is asked."""
    if not found:
        return replace(draft, kind=DraftKind.UNCLEAR, item=0, items=())
    return replace(draft, item=found[0][0] if len(found) == 1 else 0, items=tuple(found[:MOST_ITEMS]))


def _people_meant(draft: Draft, account: AccountState) -> list[Contact]:
    """The people still in the group who may be meant: those with most words of the name, else those of the role.

    Nobody where the draft has no role and its name is that of nobody.
    """
    present = [each for each in account.contacts if each.profile.left_on is None]
    typed_words = set(plain_words(draft.person))
    shared = [(len(typed_words.intersection(plain_words(each.profile.name))), each) for each in present]
    most = max((count for count, _ in shared), default=0)
    if most or draft.role is None:
        return [each for count, each in shared if count == most > 0]
    return [each for each in present if draft.role in (*each.profile.roles, *each.profile.suggested_roles)]


_SAY_NOTHING = words(
    """
    accepted after all also as call can completed do done finally finished friday get give gone got just mail make
    monday more move moved new next no not now off one out postpone push pushed put resolved send sent so solved then
    thursday today tomorrow tuesday until up wednesday week will
    """
)
"""Words that name no action or blocker, beside those that name nothing at all: ours."""


def _items_named(text: str, items: Collection[tuple[int, str]], account_name: str) -> list[tuple[int, str]]:
    """The (id, text) items that share most content words with the text; none where they share none."""
    skipped = _SAY_NOTHING.union(account_name.casefold().split())
    shared = [(shared_words(text, item_text, besides=skipped), (item_id, item_text)) for item_id, item_text in items]
    most = max((count for count, _ in shared), default=0)
    return [item for count, item in shared if count == most] if most else []
