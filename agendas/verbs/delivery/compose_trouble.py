"""Pages of letters about trouble: channels, permissions, people who left, and messages in doubt."""

from collections.abc import Callable
from datetime import date

from agendas.pages.admin import trouble
from agendas.pages.admin.unconfirmed import doubts_page
from agendas.rendering.page import Page
from agendas.rules.access.app_changes import off_until_installed
from agendas.verbs.delivery.composing import Composing, reader_zone
from agendas.verbs.letters.deactivated import left_behind
from agendas.verbs.reads import unconfirmed
from storage import accounts, people, workspaces
from storage.delivery import subjects


def _trouble(composing: Composing) -> Page | None:
    subject = composing.subject(subjects.ChannelTroubleSubject)
    channel = people.find_channel(composing.session, composing.letter.workspace_id, subject.channel_id)
    if channel is None or not channel.trouble:
        return None  # it was posted in again before the digest came
    return trouble.channel_trouble_page(subject.channel_id, subject.error, composing.words)


def _own_channel(composing: Composing) -> Page | None:
    subject = composing.subject(subjects.OwnChannelSubject)
    row = accounts.get(composing.session, composing.letter.workspace_id, subject.account_id)
    if row is None:
        return None
    return trouble.own_channel_page(row.name, subject.channel_id, subject.error, composing.words)


def _lacking(composing: Composing) -> Page:
    return trouble.lacking_page(composing.subject(subjects.PermissionSubject).permission, composing.words)


def _app_changes(composing: Composing) -> Page | None:
    workspace = workspaces.get(composing.session, composing.letter.workspace_id)
    told, granted = composing.subject(subjects.AppChangesSubject).told, workspace.scopes if workspace else ""
    changes = off_until_installed(told, granted=granted)
    return trouble.app_changes_page(changes, composing.words) if changes else None


def _deactivated(composing: Composing) -> Page | None:
    user_id = composing.subject(subjects.PersonSubject).user_id
    left = left_behind(composing.session, composing.letter.workspace_id, user_id)
    return trouble.deactivated_page(left, composing.words) if left else None


def _not_opened(composing: Composing) -> Page:
    subject = composing.subject(subjects.FailureSubject)
    return trouble.not_opened_page(
        subject.channel_id, subject.reference, composing.words, review_on=_day(subject.review_on)
    )


def _not_closed(composing: Composing) -> Page:
    subject = composing.subject(subjects.FailureSubject)
    return trouble.not_closed_page(
        subject.channel_id, subject.reference, composing.words, review_on=_day(subject.review_on)
    )


def _doubt(composing: Composing) -> Page:
    subject = composing.subject(subjects.ChannelSubject)
    return trouble.doubt_page(subject.channel_id, composing.words, review_on=_day(subject.review_on))


def _doubts(composing: Composing) -> Page | None:
    facts = unconfirmed.unconfirmed_messages(composing.session, composing.letter.workspace_id)
    zone = reader_zone(composing)
    return doubts_page(facts, composing.words, zone=zone, now=composing.now) if facts.count else None


def _day(written: str) -> date | None:
    """The day of a subject, None in a letter from before it had one."""
    return date.fromisoformat(written) if written else None


TROUBLE_PAGES: dict[str, Callable[[Composing], Page | None]] = {
    "trouble": _trouble,
    "own_channel": _own_channel,
    "lacking": _lacking,
    "app_changes": _app_changes,
    "deactivated": _deactivated,
    "doubt": _doubt,
    "doubts": _doubts,
    "not_opened": _not_opened,
    "not_closed": _not_closed,
}
