"""PostgreSQL's cursors, which say what the columns of a result are where somebody asks, and not each time."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, overload

from psycopg import Column, Cursor
from psycopg.pq import PipelineStatus


class LightCursor(Cursor[Any]):
    """A cursor that describes its columns late.

    SQLAlchemy looks after every statement whether it gave rows, and knows the columns from the first time. The driver
    makes an object for each column at every look, a tenth of the time of reading a card.
    """

    @property
    def description(self) -> Any:
        """The columns as the driver describes them, None where the statement gives no rows.

        They are those of the latest statement, so look at them before the next one. A statement that was sent with
        others and has no answer yet is taken to give rows: only such are sent together.
        """
        result = self.pgresult
        is_sent = result is None and self.connection.pgconn.pipeline_status == PipelineStatus.ON
        if is_sent or (result and result.nfields):
            return _Columns(self._describe)
        return super().description

    def _describe(self) -> list[Column]:
        if self.pgresult is None:
            # leaving the inner one waits for every answer
            with self.connection.pipeline():
                pass
        return super().description or []


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
