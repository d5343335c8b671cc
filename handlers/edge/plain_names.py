"""Names in the place of ids in the plain text of forms: Slack draws a mention in mrkdwn alone."""

import re
from collections.abc import Mapping
from typing import Any

from agendas.rendering.controls import BUTTON_CHARACTERS, shortened_label
from agendas.verbs.loading.load_facts import names
from handlers.edge.deps import Deps
from handlers.edge.replies import View

_PERSON = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^<>]*)?>|@?\b([UW][A-Z0-9]{7,20})\b")
_CHANNEL = re.compile(r"<#[CG][A-Z0-9]{2,20}(?:\|([^<>]*))?>")


async def with_names(view: View, deps: Deps, workspace_id: str) -> View:
    """The view, in whose fields, labels and choices people and channels are named as people write them."""
    found = {one or other for each in _plain_texts(view) for one, other in _PERSON.findall(each)}
    if not found and not any(map(_CHANNEL.search, _plain_texts(view))):
        return view
    known = await deps.read(names, workspace_id, found)
    named: View = _walked(view, known)
    return named


def _plain_texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if part.get("type") == "plain_text" else []
        own += [part["initial_value"]] if isinstance(part.get("initial_value"), str) else []
        return own + [text for value in part.values() for text in _plain_texts(value)]
    return [text for each in part for text in _plain_texts(each)] if isinstance(part, list) else []


def _walked(part: Any, known: Mapping[str, str]) -> Any:
    if isinstance(part, list):
        return [_walked(each, known) for each in part]
    if not isinstance(part, dict):
        return part
    walked = {name: _walked(value, known) for name, value in part.items()}
    if part.get("type") == "plain_text":
        told = _named(part["text"], known)
        # of a choice or button; longer texts are labels and hints
        is_short = len(part["text"]) <= BUTTON_CHARACTERS < len(told)
        walked["text"] = shortened_label(told, BUTTON_CHARACTERS) if is_short else told
    if isinstance(part.get("initial_value"), str):
        walked["initial_value"] = _named(part["initial_value"], known)[: part.get("max_length")]
    return walked


def _named(text: str, known: Mapping[str, str]) -> str:
    def person(found: re.Match[str]) -> str:
        user_id = found[1] or found[2]
        # what only looks like an id is somebody's own word
        return f"@{known[user_id]}" if user_id in known else "@somebody" if found[1] else found[0]

    return _CHANNEL.sub(lambda found: f"#{found[1]}" if found[1] else "a channel", _PERSON.sub(person, text))
