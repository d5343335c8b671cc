"""Versions of app.yaml: events and permissions that each brought, and what is off until an admin pastes it again.

A version is added whenever the events or permissions of app.yaml change.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AppChange:
    """Something new in a version: its purpose as a clause, and the events and permissions without which it is off."""

    purpose: str
    events: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()


CHANGES: dict[int, tuple[AppChange, ...]] = {
    2: (
        AppChange(
            "pausing reviews at once where Cadence was removed from their channel or the channel was deleted; until "
            "then that is noticed only when posting fails",
            events=("channel_left", "group_left", "channel_deleted", "group_deleted"),
        ),
    ),
    3: (
        AppChange(
            "hiding accounts that are private to a channel at once from people who leave it; until then that takes up "
            "to ten minutes",
            events=("member_left_channel",),
        ),
    ),
    4: (
        AppChange(
            "recording replies in an account's thread that begin with moved:, blocked:, next: or done:; until then "
            "buttons, mentions and shortcuts record the same",
            events=("message.channels", "message.groups"),
        ),
    ),
    5: (
        AppChange(
            "waiting with reminders and digests until the Do Not Disturb ends that a person scheduled in Slack; until "
            "then they come without a sound",
            permissions=("dnd:read",),
        ),
    ),
}
"""Changes by version; version 1 is what came before versions were counted."""

VERSION = max(CHANGES)


def off_until_installed(told: int, *, granted: str) -> tuple[AppChange, ...]:
    """Return the changes after the version `told` that may be off: whatever has events, or a permission not granted.

    Slack does not say which events it sends an app. `granted` are the permissions given, with commas between.
    """
    given = {scope.strip() for scope in granted.split(",")}
    later = [change for version in sorted(CHANGES) if version > told for change in CHANGES[version]]
    return tuple(change for change in later if change.events or not given.issuperset(change.permissions))
