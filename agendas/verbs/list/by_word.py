"""Changes of the list by their word: name, tier, pause, remove, reject or restore."""

from enum import StrEnum

from sqlmodel import Session

from agendas.facts.people import Author
from agendas.verbs.list import change
from agendas.verbs.record.record import Recorded


class ListWord(StrEnum):
    """A change of the list, by the word that people type for it."""

    NAME = "name"
    TIER = "tier"
    PAUSE = "pause"
    REMOVE = "remove"
    REJECT = "reject"
    RESTORE = "restore"

    @property
    def needs_tier(self) -> bool:
        """True for a change that puts the account into a tier."""
        return self in (ListWord.NAME, ListWord.TIER)


CHANGES = {
    ListWord.PAUSE: change.pause,
    ListWord.REMOVE: change.remove,
    ListWord.REJECT: change.reject,
    ListWord.RESTORE: change.restore,
}


def change_list(
    session: Session,
    author: Author,
    account_id: int,
    word: ListWord,
    *,
    tier: int | None,
    because: str,
    why_now: str = "",
    motion: str = "",
) -> Recorded:
    """Record the change of the list; `why_now` and `motion` belong to a change that needs a tier.

    Raises as the function of `list.change` for that word.
    """
    if word.needs_tier:
        return change.put_on_list(
            session, author, account_id, tier=tier or 0, because=because, why_now=why_now, motion=motion
        )
    return CHANGES[word](session, author, account_id, because=because)
