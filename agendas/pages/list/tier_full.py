"""One account too many: which cap is reached, and which accounts could leave."""

import json
from collections.abc import Iterable

from agendas.errors import Outdated
from agendas.facts.program.settings import TIERS
from agendas.pages.accounts.did_you_mean import LARGEST_ID
from agendas.rendering.buttons import labelled
from agendas.rendering.controls import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.page import Buttons, Note, Page, Rows, Text
from agendas.rendering.splitting import length
from agendas.rendering.words import Words
from agendas.rules.list.capacity import NoRoom, Wish

FURTHER = ("why_now", "motion")
"""Parts of a justification that a wish may have besides the reason."""

OTHER_VERSION = "This comes from another version of Cadence and does nothing here. Name the account anew."


def no_room_page(error: NoRoom, words: Words) -> Page:
    """The cap with its count, the best candidates to leave with their reasons, and the button to swap.

    No swap makes room where there are more than the cap already.
    """
    said, has_reason = no_room_line(error, words), any(leaver.has_reason for leaver in error.leavers)
    items = (
        Text(said),
        Rows((words.say("capacity.candidates", has_reason=has_reason), *leaver_lines(error, words))),
        Note(words.say("capacity.others")),
        *(() if error.full.too_many else (Buttons((labelled(words, "list.swap", swap_value(error)),)),)),
    )
    return Page(read(said), items, key="no_room")


def settle_note(tiers: Iterable[tuple[int | None, int, int]], words: Words) -> tuple[Note, ...]:
    """Ask to settle that there are more accounts than the cap in some of these (tier, how many, cap), if in any."""
    over = [(tier, count, cap) for tier, count, cap in tiers if cap and count > cap]
    return (Note(words.say("capacity.settle", tiers=over)),) if over else ()


def no_room_line(error: NoRoom, words: Words) -> Mrkdwn:
    """Return the cap that is reached, and the number of accounts."""
    return words.say("capacity.no_room", wish=error.wish, full=error.full)


def leaver_lines(error: NoRoom, words: Words) -> tuple[Mrkdwn, ...]:
    """A line for each account that could leave, with its reasons."""
    tier = error.full.tier
    return tuple(words.say("capacity.leaver", leaver=leaver, tier=tier) for leaver in error.leavers)


def swap_value(error: NoRoom) -> str:
    """Return the button's value: JSON of the account, tier and reasons; what is too long is left out."""
    wish = error.wish
    value: dict[str, object] = {"account_id": wish.account_id, "tier": wish.tier, "because": wish.because}
    value |= {name: text for name in FURTHER if (text := getattr(wish, name))}
    written = json.dumps(value, ensure_ascii=False)
    for name in (*FURTHER, "because"):
        if length(written) > BUTTON_VALUE_CHARACTERS and name in value:
            value[name] = ""
            written = json.dumps(value, ensure_ascii=False)
    # half a character, as JSON can bring it, is none that can be sent
    return written.encode("utf-8", "replace").decode()


def read_swap(value: str) -> Wish:
    """The wish that such a button carries, without the account's name. Raises Outdated when it carries none."""
    try:
        found = json.loads(value)
        account_id, tier, because = found["account_id"], found["tier"], found["because"]
        further = [found.get(name, "") for name in FURTHER]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Outdated(OTHER_VERSION) from None
    is_whole = type(account_id) is int and 0 < account_id < LARGEST_ID and type(tier) is int and tier in TIERS
    if not is_whole or not all(isinstance(each, str) for each in (because, *further)):
        raise Outdated(OTHER_VERSION)
    return Wish(account_id, "", tier, because, *further)
