"""Notices of trouble: a channel that cannot be posted in, or a failure of our own."""

from collections.abc import Sequence
from datetime import date

from agendas.facts.people import LeftBehind
from agendas.rendering.notice import said
from agendas.rendering.page import Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.access.app_changes import AppChange

UNNAMED = "unnamed"
"""The permission that is lacking when Slack does not say which."""
NAMES_SHOWN = 25
"""Accounts of each kind that are named of somebody who is deactivated."""


def channel_trouble_page(channel_id: str, error: str, words: Words) -> Page:
    """That nothing can be posted in a channel, why, and what to do; for its facilitator and the admins."""
    return said(words.say("trouble.channel", channel_id=channel_id, error=error))


def own_channel_page(name: str, channel_id: str, error: str, words: Words) -> Page:
    """That an account's agendas are posted in the review's channel again, and why; for its owner and the admins."""
    return said(words.say("trouble.own_channel", name=name, channel_id=channel_id, error=error))


def lacking_page(permission: str, words: Words) -> Page:
    """That Slack did not give the app a permission it needs, and what to do; for the admins.

    `permission` is a scope or several separated by commas, any of which would do, or UNNAMED.
    """
    scopes = [] if permission == UNNAMED else [scope.strip() for scope in permission.split(",")]
    return said(words.say("trouble.lacking", scopes=scopes))


def app_changes_page(changes: Sequence[AppChange], words: Words) -> Page:
    """That an update brought what needs the app to be installed again, and how; for the admins."""
    lines = words.lines("trouble.app_changes_off", changes=changes)
    items = (Text(words.say("trouble.app_changes")), Rows(lines), Text(words.say("trouble.app_changes_to_do")))
    return Page(words.raw("trouble.app_changes_title"), items, key="app-changes")


def deactivated_page(left: LeftBehind, words: Words) -> Page:
    """That somebody is deactivated in Slack, what they left behind, and how to give it to others."""
    lines = words.lines("trouble.left_behind", left=left, most=NAMES_SHOWN)
    label = Text(words.say("trouble.deactivated", user_id=left.user_id))
    title = words.raw("trouble.deactivated_title", name=left.name)
    return Page(title, (label, Rows(lines)), key=f"deactivated-{left.user_id}")


def doubt_page(channel_id: str, words: Words, *, review_on: date | None = None) -> Page:
    """That a message may be there or not, and where to decide; for the facilitator and the admins."""
    return said(words.say("trouble.doubt", channel_id=channel_id, review_on=review_on))


def not_opened_page(channel_id: str, reference: str, words: Words, *, review_on: date | None = None) -> Page:
    """That a review cannot be opened and is paused, and what to do; for its facilitator and the admins."""
    return said(words.say("trouble.not_opened", channel_id=channel_id, reference=reference, review_on=review_on))


def not_closed_page(channel_id: str, reference: str, words: Words, *, review_on: date | None = None) -> Page:
    """That a review was not closed at its time, and what to do; for its facilitator and the admins."""
    return said(words.say("trouble.not_closed", channel_id=channel_id, reference=reference, review_on=review_on))


def failure_page(reference: str, words: Words, database: str = "") -> Page:
    """That something broke on our side and whether anything was recorded, with the reference that the log has too.

    `database` is a `DatabaseProblem` of storage when the database is what failed; empty for any other failure.
    """
    if database:
        return said(words.say("trouble.database", trouble=str(database), reference=reference))
    return said(words.say("trouble.failed", reference=reference))
