"""What handlers depend on, where nothing is sent, counted or shown."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from agendas.facts.audience import Members, NotReadable
from agendas.rendering.words import Words
from handlers.edge.deps import ChannelAnswer, Deps
from storage.database import Store
from tests.builders import NOW


async def _no_channel(_workspace_id: str, _channel_id: str) -> None:
    return None


async def _nothing(*_about: object) -> None:
    """Send and show nothing."""


async def _members_unknown(_workspace_id: str, _channel_id: str) -> Members:
    return Members(problem=NotReadable.NO_ANSWER)


def some_deps(
    store: Store,
    now: Callable[[], datetime] = lambda: NOW,
    ask_channel: Callable[[str, str], Awaitable[ChannelAnswer | None]] = _no_channel,
    **others: Any,
) -> Deps:
    """`others` are fields of `Deps`."""
    rest: dict[str, Any] = {
        "words": Words(),
        "after_request": lambda *_about: None,
        "version": "unknown",
        "seal": str,
        "send_file": _nothing,
        "begin_imports": lambda: None,
        "after_answers": _nothing,
        "members_of": _members_unknown,
        "read_members": lambda: None,
        "model": None,
        "begin_answers": lambda: None,
        "stop_answers": lambda _ids: None,
        "set_session": _nothing,
        "suggest": _nothing,
        "fetch_file": _nothing,
        "has_mail": False,
        "public_url": "",
    }
    return Deps(store=store, now=now, ask_channel=ask_channel, **(rest | others))
