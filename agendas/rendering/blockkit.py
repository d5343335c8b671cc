"""Pages as Block Kit messages within Slack's limits: what is too long goes on in the thread, never lost.

Slack took the blocks beyond the classic ones up later, and refuses a message with one that it does not take. So each
newer block has classic blocks in its place, and a message that has any is drawn in both ways: a call whose refusal is
seen sends the newer one, and once more the plain one; an acknowledgement, of whose refusal nobody is told, is plain.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from agendas.rendering.charts import chart_block, chart_sentence
from agendas.rendering.classic_blocks import classic_blocks
from agendas.rendering.controls import ACTIONS_IN_A_BLOCK, Block, plain_text
from agendas.rendering.data_tables import PLAIN_CHARACTERS, TablePart, sortable_parts
from agendas.rendering.drawn import MESSAGE_BLOCKS, Drawn, Room
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import (
    Buttons,
    Chart,
    Fold,
    Item,
    Note,
    Page,
    SortableTable,
    Table,
    Text,
)
from agendas.rendering.splitting import length, parted, weight
from agendas.rendering.tables import table_block, table_parts

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

    @property
    def takes_a_block(self) -> bool:
        """True when it has blocks and one more fits below them."""
        return bool(self.blocks) and max(len(self.blocks), len(self.plain)) < MESSAGE_BLOCKS


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
    whole = _filled(_all_of(page), Room())
    if len(whole) == 1:
        return [_rendered(page.title, whole[0], plain=plain)]
    body, foot = _body_and_foot(page)
    notice = _all_of(Page("", (Note(page.continued), *foot), key=f"{page.key}-foot"))
    room = reduce(Room.after, notice, Room())
    filled = _filled(_all_of(replace(page, items=body)), room)
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


def _rendered(title: str, drawn: Sequence[Drawn], *, plain: bool) -> Rendered:
    newer, classic = [each.block for each in drawn], _plain(drawn)
    text = fallback(" ".join((title, *(each.said for each in drawn if each.said))))
    if plain or newer == classic:
        return Rendered(text, classic)
    return Rendered(text, newer, classic)


def _plain(drawn: Iterable[Drawn]) -> list[Block]:
    return [block for each in drawn for block in each.plain]


def _filled(drawn: Sequence[Drawn], first: Room) -> list[list[Drawn]]:
    """Blocks in as many messages as they need; `first` is the room in the first one."""
    filled: list[list[Drawn]] = [[]]
    room = first
    for each in drawn:
        room = room.after(each)
        if filled[-1] and not room.is_enough:
            filled.append([])
            room = Room().after(each)
        filled[-1].append(each)
    return filled


def _all_of(page: Page) -> list[Drawn]:
    """All blocks of a page, with ids made of its key, the item's position and the part's number."""
    return [
        _named(each, f"{page.key}-{position}-{number}")
        for position, item in enumerate(page.items)
        for number, each in enumerate(_drawn(item))
    ]


def _named(drawn: Drawn, block_id: str) -> Drawn:
    ids = (block_id, *(f"{block_id}-{number}" for number in range(1, len(drawn.plain))))
    plain = tuple(block | {"block_id": each} for block, each in zip(drawn.plain, ids, strict=False))
    return replace(drawn, block=drawn.block | {"block_id": block_id}, plain=plain)


def _drawn(item: Item) -> list[Drawn]:
    match item:
        case Fold():
            return _fold(item)
        case SortableTable():
            return [drawn for part in sortable_parts(item) for drawn in _sortable(part)]
        case Chart():
            return _chart(item)
        case Table() if parts := table_parts(item):
            return [
                *_classic(Text(item.caption)),
                *(Drawn(table_block(part), tuple(classic_blocks(part))) for part in parts),
            ]
    return _classic(item)


def _classic(*items: Item) -> list[Drawn]:
    return [Drawn(block, (block,)) for item in items for block in classic_blocks(item)]


def _sortable(part: TablePart) -> list[Drawn]:
    if part.block is None:
        return _classic(*part.plain)
    plain = tuple(block for item in part.plain for block in classic_blocks(item))
    return [Drawn(part.block, plain), *(Drawn(block, ()) for item in part.below for block in classic_blocks(item))]


def _chart(chart: Chart) -> list[Drawn]:
    block, plain = chart_block(chart), classic_blocks(chart)
    if block is None or sum(map(weight, plain)) > PLAIN_CHARACTERS:
        return [Drawn(each, (each,)) for each in plain]
    return [Drawn(block, tuple(plain), chart_sentence(chart))]


def _fold(fold: Fold) -> list[Drawn]:
    """The container of the items; they stand open where it cannot hold them all."""
    inside = classic_blocks(fold)
    if not 0 < len(inside) <= CONTAINER_BLOCKS or sum(map(weight, inside)) > CONTAINER_CHARACTERS:
        return [Drawn(block, (block,)) for block in inside]
    container = {
        "type": "container",
        "title": plain_text(fold.title),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": inside,
    }
    return [Drawn(container, tuple(inside))]
