"""Names in the place of ids in the plain text of forms and in notifications: Slack draws a mention in mrkdwn alone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from agendas.rendering.controls import BUTTON_CHARACTERS, shortened_label
from agendas.rendering.page import Page
from agendas.verbs.loading.channel_names import has_channel, with_channel_names
from agendas.verbs.loading.load_facts import names
from handlers.edge.deps import Deps
from handlers.edge.replies import View

_PERSON = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>|@?\b([UW][A-Z0-9]{7,20})\b")


async def with_names(view: View, deps: Deps, workspace_id: str, *, in_channel: str = "") -> View:
    """The view, in whose fields, labels and choices people and channels are named as people write them."""
    found = {one or other for each in _plain_texts(view) for one, other in _PERSON.findall(each)}
    if not found and not any(map(has_channel, _plain_texts(view))):
        return view

    def named(session: Session) -> View:
        known = names(session, workspace_id, found)

        def told(text: str) -> str:
            return with_channel_names(session, workspace_id, _with_people(text, known), in_channel=in_channel)

        walked: View = _walked(view, told)
        return walked

    return await deps.read(named)


async def with_named_title(page: Page, deps: Deps, workspace_id: str, *, in_channel: str) -> Page:
    """The page, whose title, which is what a notification shows, names channels."""
    if not has_channel(page.title):
        return page
    return replace(page, title=await deps.read(with_channel_names, workspace_id, page.title, in_channel=in_channel))


def _plain_texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if _is_plain_text(part) else []
        own += [part["initial_value"]] if isinstance(part.get("initial_value"), str) else []
        return own + [text for value in part.values() for text in _plain_texts(value)]
    return [text for each in part for text in _plain_texts(each)] if isinstance(part, list) else []


def _is_plain_text(part: Mapping[str, Any]) -> bool:
    # a view that came back from a client may hold anything
    return part.get("type") == "plain_text" and isinstance(part.get("text"), str)


def _walked(part: Any, named: Callable[[str], str]) -> Any:
    if isinstance(part, list):
        return [_walked(each, named) for each in part]
    if not isinstance(part, dict):
        return part
    walked = {name: _walked(value, named) for name, value in part.items()}
    if _is_plain_text(part):
        told = named(part["text"])
        # of a choice or button; longer texts are labels and hints
        is_short = len(part["text"]) <= BUTTON_CHARACTERS < len(told)
        walked["text"] = shortened_label(told, BUTTON_CHARACTERS) if is_short else told
    if isinstance(part.get("initial_value"), str):
        walked["initial_value"] = named(part["initial_value"])[: part.get("max_length")]
    return walked


def _with_people(text: str, known: Mapping[str, str]) -> str:
    def person(found: re.Match[str]) -> str:
        user_id = found[1] or found[2]
        # what only looks like an id is somebody's own word
        return f"@{known[user_id]}" if user_id in known else "@somebody" if found[1] else found[0]

    return _PERSON.sub(person, text)
