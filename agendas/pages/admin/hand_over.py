"""What a person answers for, before it is handed over, and the messages about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from agendas.rendering.buttons import labelled
from agendas.rendering.filters import plural
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Buttons, Page, Text
from agendas.rendering.words import Words
from agendas.text.limits import shortened

UNDO = "hand_over.undo"
UNDO_CHARACTERS = 1_900


@dataclass(frozen=True, slots=True)
class Sum:
    """Accounts by name, roles of one of them, and numbers of open items."""

    names: tuple[str, ...]
    owned: int
    roles: tuple[str, ...]
    actions: int
    blockers: int
    asks: int

    @property
    def items(self) -> tuple[str, ...]:
        """The open items that there are, counted."""
        counts = {"next action": self.actions, "blocker": self.blockers, "ask": self.asks}
        return tuple(plural(count, word) for word, count in counts.items() if count)

    @property
    def parts(self) -> tuple[str, ...]:
        """Accounts and open items, counted."""
        return (*((plural(self.owned, "account"),) if self.owned else ()), *self.items)


Given = Sequence[tuple[str, Sum]]
"""What each person gets."""


def done_page(user_id: str, given: Given, words: Words, *, undo: str) -> Page:
    """That it was handed over, with Undo where its button can carry the entries."""
    said = words.say("hand_over.done", user_id=user_id, given=given)
    buttons = (Buttons((labelled(words, UNDO, undo),)),) if len(undo) <= UNDO_CHARACTERS else ()
    return Page(shortened(read(said), 200), (Text(said), *buttons), key="handed-over")


def told_pages(by: str, user_id: str, given: Given, words: Words) -> dict[str, Page]:
    """One message for each person who got something and did not do it, by user id."""
    own = Buttons((labelled(words, "actions.mine", "0"),))
    said = {who: words.say("hand_over.told_receiver", by=by, user_id=user_id, sum=found) for who, found in given}
    return {who: _page(each, own) for who, each in said.items() if who != by}


def told_giver(by: str, given: Given, words: Words) -> Page:
    """The message for who had it all."""
    return _page(words.say("hand_over.told_giver", by=by, given=given))


def _page(said: Mrkdwn, *buttons: Buttons) -> Page:
    return Page(shortened(read(said), 200), (Text(said), *buttons), key="hand-over")
