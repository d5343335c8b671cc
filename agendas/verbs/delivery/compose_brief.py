"""Compose the brief of a facilitator, what they ask of others, and the notice to a new one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from agendas.facts.reviews.agenda import ItemPart
from agendas.facts.reviews.brief import Instead
from agendas.facts.reviews.preparing import Part
from agendas.pages.reviews.brief import asked_before_page, brief_page, leads_now_page
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.history.news import is_updated
from agendas.verbs.briefing.facts import brief_facts, planned_items
from agendas.verbs.delivery.composing import Composing, reader_zone
from agendas.verbs.loading.rows import person_facts
from agendas.verbs.notices.kinds import ASKED_BEFORE, BRIEF, LEADS_NOW
from agendas.verbs.preparing.missing import missing
from storage import accounts, people, reviews
from storage.delivery.brief_subjects import AskedBeforeSubject, BriefSubject, LeadsSubject
from storage.preparing import asked_people
from storage.tables import Cadence


def brief(composing: Composing) -> Page | None:
    """The brief as it stands now; None where the review has begun, is not the next one, or waits for its channel.

    One that was sent says that its review was skipped, moved behind another or paused.
    """
    subject, zone = composing.subject(BriefSubject), reader_zone(composing)
    instead = Instead(subject.instead) if subject.instead in set(Instead) else None
    planned_on = date.fromisoformat(subject.planned_on)
    facts = brief_facts(composing.session, subject.cadence_id, planned_on, instead, zone=zone, now=composing.now)
    if facts is None:
        return _called_off(composing, subject.cadence_id, planned_on) if composing.letter.target else None
    person = people.find(composing.session, composing.letter.workspace_id, composing.letter.user_id)
    can_decide = person is not None and may(person_facts(person), Deed.DECIDE)
    told = replace(facts, reader=composing.letter.user_id)
    return brief_page(told, composing.words, can_decide=can_decide)


def _called_off(composing: Composing, cadence_id: int, planned_on: date) -> Page | None:
    row, change = (
        reviews.cadence(composing.session, cadence_id),
        reviews.change_of(composing.session, cadence_id, planned_on),
    )
    if row is None or row.next_on == planned_on or not (change or row.is_paused):
        return None
    at = change.moved_to if change else None
    said_of = {"channel_id": row.channel_id, "planned_on": planned_on, "at": at, "zone": reader_zone(composing)}
    by, because = (change.actor, change.because) if change else ("", "")
    return said(composing.words.say("brief.called_off", **said_of, by=by, because=because))


def asked_before(composing: Composing) -> Page | None:
    """The question of the facilitator, or the accounts that still wait for the reader's update; None for none."""
    subject = composing.subject(AskedBeforeSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    planned_on = date.fromisoformat(subject.planned_on)
    if row is None or row.next_on != planned_on or row.next_at is None or row.next_at <= composing.now:
        return None
    waiting = [] if subject.text else _waiting(composing, row)
    if not (subject.text or waiting):
        return None
    return asked_before_page(
        by=subject.by,
        text=subject.text,
        channel_id=row.channel_id,
        at=row.next_at,
        zone=reader_zone(composing),
        accounts=waiting,
        words=composing.words,
    )


def leads_now(composing: Composing) -> Page | None:
    """The notice to a new facilitator, while they are it."""
    subject = composing.subject(LeadsSubject)
    row = reviews.cadence(composing.session, subject.cadence_id)
    if row is None or row.facilitator != composing.letter.user_id:
        return None
    zone = reader_zone(composing)
    return leads_now_page(by=subject.by, channel_id=row.channel_id, at=row.next_at, zone=zone, words=composing.words)


def _waiting(composing: Composing, row: Cadence) -> list[tuple[int, str]]:
    """The accounts that the reader owes an update of, by name: those asked about, or those they own without one."""
    session, reader = composing.session, composing.letter.user_id
    if row.next_on is None:
        return []
    asked = asked_people.of_occurrence(session, row.row_id, row.next_on)
    if asked:
        mine = [each for each in asked if each.user_id == reader and each.part == Part.MANDATORY]
        ids = {one.account_id for owed in missing(session, mine, now=composing.now).values() for one in owed}
    else:
        ids = {
            item.facts.account.account_id
            for item in planned_items(session, row, composing.now)
            if item.part is ItemPart.DISCUSSED
            and item.facts.account.profile.owner == reader
            and not is_updated(item.facts)
        }
    rows = accounts.get_many(session, row.workspace_id, ids) if ids else ()
    return sorted(((each.row_id, each.name) for each in rows), key=lambda pair: pair[1].casefold())


BRIEF_PAGES: dict[str, Callable[[Composing], Page | None]] = {
    BRIEF: brief,
    ASKED_BEFORE: asked_before,
    LEADS_NOW: leads_now,
}
