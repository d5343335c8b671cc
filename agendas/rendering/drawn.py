"""Blocks as they are drawn, with what a plain message has in their place, and the room that a message has left."""

from dataclasses import dataclass

from agendas.rendering.charts import CHARTS
from agendas.rendering.controls import Block
from agendas.rendering.data_tables import DATA_TABLE_CHARACTERS, cells_of
from agendas.rendering.splitting import weight

MESSAGE_BLOCKS = 50
MESSAGE_CHARACTERS = 10_000
"""Slack names no sum for a message; tables are known to end at about this, and a phone shows no more at once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A block, and what stands in its place in a plain message; `said` is what it draws, as raw text."""

    block: Block
    plain: tuple[Block, ...]
    said: str = ""

    @property
    def count(self) -> int:
        """Blocks of the longer way to draw it."""
        return max(1, len(self.plain))

    @property
    def size(self) -> int:
        """Characters of the longer way to draw it; those of a sortable table count apart."""
        own = 0 if self.block["type"] == "data_table" else weight(self.block)
        return max(own, sum(map(weight, self.plain)))


@dataclass(frozen=True, slots=True)
class Room:
    """Blocks, characters and the like that a message can still take."""

    blocks: int = MESSAGE_BLOCKS
    characters: int = MESSAGE_CHARACTERS
    cells: int = DATA_TABLE_CHARACTERS
    tables: int = 1
    charts: int = CHARTS

    def after(self, drawn: Drawn) -> "Room":
        """Return what is left after one more block."""
        kind = drawn.block["type"]
        return Room(
            self.blocks - drawn.count,
            self.characters - drawn.size,
            self.cells - cells_of(drawn.block),
            self.tables - (kind == "table"),
            self.charts - (kind == "data_visualization"),
        )

    @property
    def is_enough(self) -> bool:
        """Return whether the message holds what was taken from it."""
        return min(self.blocks, self.characters, self.cells, self.tables, self.charts) >= 0
