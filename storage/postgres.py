"""PostgreSQL's cursors, which work out what the columns of a result are where somebody asks, and not each time."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, overload

from psycopg import Column, Cursor


class LightCursor(Cursor[Any]):
    """A cursor that describes its columns late.

    SQLAlchemy looks after every statement whether it gave rows, and knows the columns from the first time. The driver
    makes an object for each column at every look, a tenth of the time of reading a card.
    """

    @property
    def description(self) -> Any:
        """The columns as the driver describes them, None where the statement gives no rows.

        They are those of the latest statement, so look at them before the next one.
        """
        result = self.pgresult
        if not result or not result.nfields:
            return super().description
        return _Columns(lambda: super(LightCursor, self).description or [])


class _Columns(Sequence[Column]):
    """Columns that are described when the first of them is looked at."""

    def __init__(self, describe: Callable[[], list[Column]]) -> None:
        self._describe = describe

    @cached_property
    def _described(self) -> list[Column]:
        return self._describe()

    @overload
    def __getitem__(self, place: int) -> Column: ...
    @overload
    def __getitem__(self, place: slice) -> list[Column]: ...
    def __getitem__(self, place: int | slice) -> Column | list[Column]:
        return self._described[place]

    def __len__(self) -> int:
        return len(self._described)
