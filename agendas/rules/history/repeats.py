"""Repeats: the same thing told of an account again, as people do who got no answer."""

from datetime import timedelta

from agendas.facts.account import AccountState, EventFacts
from agendas.facts.events import ActionAdded, BlockerOpened, Change, Moved, Noted
from agendas.facts.evidence import EvidenceAdded

REPEATED_WITHIN = timedelta(minutes=10)
"""Ours: as long as Undo."""

MOVEMENT = frozenset({"moved", "evidence_added", "noted"})


def is_asked_about(change: Change) -> bool:
    """True for changes that a repeat would double.

    That nothing moved, and states of what is there already, are true as often as they are said.
    """
    return isinstance(change, Moved | BlockerOpened | ActionAdded | EvidenceAdded | Noted)


def says_the_same(earlier: EventFacts, later: EventFacts) -> bool:
    """True when both tell the same kind of thing in the same words, and show it by the same links.

    Movement told a second time is evidence of the step that the first one claimed, and a campaign figure is a note.
    The stage counts where no words do. A date, an owner or a function told otherwise makes it no other thing.
    """
    return earlier.change.kind in kinds_like(later.change) and _told(earlier) == _told(later)


def is_closed(event: EventFacts, account: AccountState) -> bool:
    """True for an action or blocker that is not open any more: the same one is a new one."""
    match event.change:
        case ActionAdded():
            return event.id not in {each.id for each in account.open_actions}
        case BlockerOpened():
            return event.id not in {each.id for each in account.open_blockers}
    return False


def kinds_like(change: Change) -> frozenset[str]:
    """The kinds of changes that the same words can have become."""
    return MOVEMENT if change.kind in MOVEMENT else frozenset({change.kind})


def same_words(first: str, second: str) -> bool:
    """True when only capitals and spaces differ."""
    return _plain(first) == _plain(second)


def words_of(change: Change) -> str:
    """The words of a change that is asked about, empty for one without."""
    return change.text if isinstance(change, Moved | BlockerOpened | ActionAdded | EvidenceAdded | Noted) else ""


def _told(event: EventFacts) -> tuple[str, frozenset[str], str]:
    words, change = _plain(words_of(event.change)), event.change
    stage = change.to_stage if isinstance(change, Moved | EvidenceAdded) and not words else None
    return words, frozenset(each.url for each in event.evidence if each.url), stage or ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
