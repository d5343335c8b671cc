"""Permissions that the app asks a workspace for, each with its use: the bot scopes in app.yaml."""

PERMISSIONS = {
    "app_mentions:read": "questions that mention Cadence in a channel",
    "assistant:write": "the agent view, where people ask questions",
    "channels:history": "looking for a message that may have been posted already",
    "channels:join": "joining the channel of a review",
    "channels:read": "seeing whether a channel is archived or shared outside",
    "chat:write": "posting anything at all",
    "commands": "slash commands and shortcuts",
    "dnd:read": "waiting with messages that nobody asked for until a person's Do Not Disturb ends",
    "files:read": "the files that admins give to be imported",
    "files:write": "the export that an admin asks for",
    "groups:history": "looking for a message in a private channel",
    "groups:read": "seeing whether a private channel is archived or shared outside",
    "im:history": "questions in direct messages",
    "im:write": "direct messages to people",
    "users:read": "names, time zones, and who is a guest",
    "users:read.email": "finding the owners that an import names by address",
}
"""Slack calls a permission a scope."""

OPTIONAL = {
    "channels:join": "Cadence posts only in channels it was invited to",
    "dnd:read": "reminders and digests come in the hours of Do Not Disturb too, without a sound",
    "files:read": "`/abm import` takes no file; whoever runs Cadence imports with `cadence import`",
    "files:write": "`/abm export` sends no file; whoever runs Cadence exports with `cadence export`",
    "users:read.email": "an import finds no owner by an address",
}
"""Permissions that whoever installs the app may decline, each with what is off then."""


def missing(granted: str) -> tuple[str, ...]:
    """The needed permissions that a workspace did not give. `granted` as Slack lists them: with commas between."""
    given = _given(granted)
    return tuple(scope for scope in PERMISSIONS if scope not in given and scope not in OPTIONAL)


def declined(granted: str) -> tuple[str, ...]:
    """The permissions that a workspace may decline and did not give."""
    given = _given(granted)
    return tuple(scope for scope in OPTIONAL if scope not in given)


def needless(granted: str) -> tuple[str, ...]:
    """The permissions that a workspace gave and nothing needs."""
    return tuple(sorted(_given(granted) - PERMISSIONS.keys()))


def lacks(granted: str, scope: str) -> bool:
    """Return true if the workspace is known not to have given the permission."""
    given = _given(granted)
    return bool(given) and scope not in given


def _given(granted: str) -> set[str]:
    return {scope.strip() for scope in granted.split(",")} - {""}
