"""Health of the bot, for admins: last message posted, messages waiting, troubles and version."""

from collections.abc import Iterator
from datetime import date, datetime

from agendas.facts.program.health import HealthFacts
from agendas.pages.admin.unconfirmed import decisions
from agendas.rendering.page import Heading, Note, Page, Rows
from agendas.rendering.words import Words
from agendas.rules.access.member_reasons import REASONS
from agendas.rules.access.permissions import OPTIONAL, PERMISSIONS
from agendas.text.days import local_date

ADMINS_ADVISED = 2
PEOPLE_SHOWN = 20
MAILS_SHOWN = 5
CADENCES_SHOWN = 15


def health_page(
    facts: HealthFacts, words: Words, *, version: str, answered_in_milliseconds: int, zone: str, now: datetime
) -> Page:
    """A line for each thing looked at; the title counts those that are not as they should be."""
    today = local_date(now, zone)
    lines = [
        *words.lines("health.database", database=facts.database, milliseconds=answered_in_milliseconds),
        *(words.lines("health.stopped") if facts.has_stopped else ()),
        *words.lines("health.posted", facts=facts, zone=zone, today=today),
        *_cadences(facts, words, zone, today),
        *words.lines("health.messages", facts=facts, zone=zone, today=today),
        *(line for each in facts.paused for line in words.lines("health.paused", paused=each, zone=zone, today=today)),
        *(
            line
            for each in facts.unread
            for line in words.lines("health.unread", channel=each, why=REASONS[each.problem], zone=zone, today=today)
        ),
        *words.lines(
            "health.permissions",
            lacking=[(each, PERMISSIONS[each]) for each in facts.missing_permissions],
            declined=[(each, OPTIONAL[each]) for each in facts.declined_permissions],
        ),
        *words.lines("health.threads", heard_at=facts.thread_heard_at, zone=zone, today=today),
        *words.lines("health.admins", count=facts.admins, advised=ADMINS_ADVISED),
        *(
            words.lines("health.deactivated", user_ids=facts.deactivated, most=PEOPLE_SHOWN)
            if facts.deactivated
            else ()
        ),
        *(
            line
            for each in facts.mails[:MAILS_SHOWN]
            for line in words.lines("health.mail", each=each, zone=zone, today=today)
        ),
        *words.lines("health.version", version=version),
    ]
    doubts = decisions(facts.doubts, words, zone, now)
    items = (Heading(words.raw("health.heading")), Rows(tuple(lines)), *doubts, Note(words.say("health.note")))
    return Page(words.raw("health.title", count=troubles(facts)), items, key="health")


def _cadences(facts: HealthFacts, words: Words, zone: str, today: date) -> Iterator[str]:
    """Each cadence in a line, those that stand still first, then how many accounts are reviewed on time."""
    held_up = {each.channel_id for each in facts.paused}
    by_need = sorted(
        facts.cadences,
        key=lambda each: (
            bool(each.facilitator) and not each.is_paused and each.channel_id not in held_up,
            each.channel_id,
        ),
    )
    for each in by_need[:CADENCES_SHOWN]:
        is_held_up = each.channel_id in held_up
        yield from words.lines("health.cadence", cadence=each, is_held_up=is_held_up, zone=zone, today=today)
    if len(by_need) > CADENCES_SHOWN:
        yield from words.lines("health.more_cadences", count=len(by_need) - CADENCES_SHOWN)
    if facts.coverage:
        yield from words.lines("health.coverage", coverage=facts.coverage)


def troubles(facts: HealthFacts) -> int:
    """Return how many things are not as they should be."""
    messages = sum(map(bool, (facts.overdue, facts.refused, facts.dropped, facts.doubts.count)))
    flags = (facts.has_stopped, facts.missing_permissions, facts.admins < ADMINS_ADVISED, facts.deactivated)
    unled = sum(not each.facilitator for each in facts.cadences)
    return messages + unled + len(facts.paused) + len(facts.unread) + len(facts.mails) + sum(map(bool, flags))
