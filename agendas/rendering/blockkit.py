"""Pages as Block Kit messages within Slack's limits: what is too long goes on in the thread, never lost.

Slack took the blocks beyond the classic ones up later, and refuses a message with one that it does not take. So each
newer block has classic blocks in its place, and a message that has any is drawn in both ways: a call whose refusal is
seen sends the newer one, and once more the plain one; an acknowledgement, of whose refusal nobody is told, is plain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from agendas.rendering.classic_blocks import classic_blocks
from agendas.rendering.controls import ACTIONS_IN_A_BLOCK, Block, plain_text
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import (
    Buttons,
    Fold,
    Item,
    Note,
    Page,
    Table,
    Text,
)
from agendas.rendering.splitting import length, parted, weight
from agendas.rendering.tables import table_block, table_parts

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 10_000
"""Slack names no sum for a message; tables are known to end at about this, and a phone shows no more at once."""
CONTAINER_BLOCKS = 10
CONTAINER_CHARACTERS = 5_000
"""Ours: a container cannot be parted between two messages."""
FALLBACK_CHARACTERS = 4_000
"""The top-level text: chat.update refuses more than this."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message to post: the fallback `text`, escaped, and its `blocks`.

    `plain` are its blocks without newer ones; empty where it has none.
    """

    text: str
    blocks: list[Block]
    plain: list[Block] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A block, and what stands in its place in a plain message."""

    block: Block
    plain: tuple[Block, ...]

    @property
    def count(self) -> int:
        return max(1, len(self.plain))

    @property
    def size(self) -> int:
        """Characters of the longer way to draw it."""
        return max(weight(self.block), sum(map(weight, self.plain)))


def blocks(page: Page) -> list[Block]:
    """All blocks of a page, unparted: for Home. Long pages go through `messages`."""
    return [drawn.block for drawn in _all_of(page)]


def plain_blocks(page: Page) -> list[Block]:
    """All blocks of a page, unparted and without newer ones: for forms, and for a Home whose newer ones are refused."""
    return _plain(_all_of(page))


def messages(page: Page, *, plain: bool = False) -> list[Rendered]:
    """The page as the message to post and the ones that continue it in its thread, in order, each within the limits.

    When a page is parted, the buttons at its end stay with the first message, under a note that the rest follows.
    With `plain` no message has newer blocks.
    """
    whole = _filled(_all_of(page), reserve=0)
    if len(whole) == 1:
        return [_rendered(page.title, whole[0], plain=plain)]
    body, foot = _body_and_foot(page)
    notice = _all_of(Page("", (Note(page.continued), *foot), key=f"{page.key}-foot"))
    room = sum(each.size for each in notice)
    filled = _filled(_all_of(replace(page, items=body)), reserve=len(notice), room=room)
    filled[0] += notice
    titles = [page.title, *(f"{page.title} ({n} of {len(filled)})" for n in range(2, len(filled) + 1))]
    return [_rendered(title, part, plain=plain) for title, part in zip(titles, filled, strict=True)]


def fallback(title: str) -> str:
    """The top-level text of a message: escaped, and shortened visibly where `chat.update` would refuse it."""
    text = escape(title) or "Cadence"
    return str(text) if length(text) <= FALLBACK_CHARACTERS else parted(text, FALLBACK_CHARACTERS - 1)[0] + "…"


def _body_and_foot(page: Page) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    last = page.items[-1] if page.items else None
    if isinstance(last, Buttons) and len(last.items) <= ACTIONS_IN_A_BLOCK:
        return page.items[:-1], (last,)
    return page.items, ()


def _rendered(title: str, drawn: Sequence[_Drawn], *, plain: bool) -> Rendered:
    newer, classic = [each.block for each in drawn], _plain(drawn)
    if plain or newer == classic:
        return Rendered(fallback(title), classic)
    return Rendered(fallback(title), newer, classic)


def _plain(drawn: Iterable[_Drawn]) -> list[Block]:
    return [block for each in drawn for block in each.plain]


def _filled(drawn: Sequence[_Drawn], *, reserve: int, room: int = 0) -> list[list[_Drawn]]:
    """Blocks in as many messages as they need; `reserve` blocks and `room` characters are kept free in the first."""
    filled: list[list[_Drawn]] = [[]]
    blocks_left, characters_left = MESSAGE_BLOCKS - reserve, MESSAGE_CHARACTERS - room
    has_table = False
    for each in drawn:
        is_table = each.block["type"] == "table"
        if filled[-1] and (each.count > blocks_left or each.size > characters_left or (is_table and has_table)):
            filled.append([])
            blocks_left, characters_left, has_table = MESSAGE_BLOCKS, MESSAGE_CHARACTERS, False
        filled[-1].append(each)
        blocks_left, characters_left = blocks_left - each.count, characters_left - each.size
        has_table = has_table or is_table
    return filled


def _all_of(page: Page) -> list[_Drawn]:
    """All blocks of a page, with ids made of its key, the item's position and the part's number."""
    return [
        _named(each, f"{page.key}-{position}-{number}")
        for position, item in enumerate(page.items)
        for number, each in enumerate(_drawn(item))
    ]


def _named(drawn: _Drawn, block_id: str) -> _Drawn:
    ids = (block_id, *(f"{block_id}-{number}" for number in range(1, len(drawn.plain))))
    plain = tuple(block | {"block_id": each} for block, each in zip(drawn.plain, ids, strict=False))
    return _Drawn(drawn.block | {"block_id": block_id}, plain)


def _drawn(item: Item) -> list[_Drawn]:
    if isinstance(item, Fold):
        return _fold(item)
    if not isinstance(item, Table) or not (parts := table_parts(item)):
        return [_Drawn(block, (block,)) for block in classic_blocks(item)]
    return [
        *(_Drawn(block, (block,)) for block in classic_blocks(Text(item.caption))),
        *(_Drawn(table_block(part), tuple(classic_blocks(part))) for part in parts),
    ]


def _fold(fold: Fold) -> list[_Drawn]:
    """The container of the items; they stand open where it cannot hold them all."""
    inside = classic_blocks(fold)
    if not 0 < len(inside) <= CONTAINER_BLOCKS or sum(map(weight, inside)) > CONTAINER_CHARACTERS:
        return [_Drawn(block, (block,)) for block in inside]
    container = {
        "type": "container",
        "title": plain_text(fold.title),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": inside,
    }
    return [_Drawn(container, tuple(inside))]
