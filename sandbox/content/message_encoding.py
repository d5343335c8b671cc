"""Slack's encoding of typed text: entities, mentions, channels and links."""

import re

from sandbox.workspace.workspace import Workspace

_LINK = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"])"
    r"|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<domain>(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|io|dev|ai|co|edu|gov)\b(?:/[^\s<>|]*)?)"
    r"|(?P<person>(?<![\w])@(?P<name>[\w.-]*\w))"
    r"|(?P<channel>(?<![\w&])\#(?P<place>[\w-]+))"
)


def escaped(text: str) -> str:
    """Return the text with ``&``, ``<`` and ``>`` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def encode_message(text: str, workspace: Workspace) -> str:
    """Encode a message: entities, ``<@U...>``, ``<#C...|name>``, ``<!here>`` and links in brackets."""
    return _LINK.sub(lambda match: _encoded(match, workspace, named=False), escaped(text))


def encode_command(text: str, workspace: Workspace, *, should_escape: bool) -> str:
    """Encode a command's text, with names in mentions (``<@U...|ann>``); as typed unless ``should_escape``."""
    if not should_escape:
        return text
    return _LINK.sub(lambda match: _encoded(match, workspace, named=True), escaped(text))


def _encoded(match: re.Match[str], workspace: Workspace, *, named: bool) -> str:
    if match["url"]:
        return f"<{match['url']}>"
    if match["mail"]:
        return f"<mailto:{match['mail']}|{match['mail']}>"
    if match["domain"]:
        return f"<http://{match['domain']}|{match['domain']}>"
    if match["person"]:
        return _person(match["person"], match["name"], workspace, named=named)
    channel = workspace.channel_named(match["place"])
    return f"<#{channel.id}|{channel.name}>" if channel is not None else match["channel"]


def _person(typed: str, name: str, workspace: Workspace, *, named: bool) -> str:
    if name in ("here", "channel", "everyone"):
        return f"<!{name}>"
    for length in range(len(name), 0, -1):
        user = workspace.user_named(name[:length].lower())
        if user is not None and not (name[length : length + 1].isalnum()):
            return (f"<@{user.id}|{user.name}>" if named else f"<@{user.id}>") + name[length:]
    return typed
