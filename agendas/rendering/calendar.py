"""Calendars as other programs read them."""

from collections.abc import Sequence
from datetime import timedelta

from icalendar import Calendar, Event

from agendas.facts.reviews import PlannedMeeting
from agendas.rendering.words import Words

PRODUCT = "-//Cadence//Reviews//EN"
READ_AGAIN_AFTER = timedelta(hours=1)


def feed(meetings: Sequence[PlannedMeeting], words: Words) -> bytes:
    """Return the calendar. What is skipped is not in it, so that a program that reads it again removes it.

    The events are in UTC, which needs no rules of time zones: each has an instant of its own on both sides of a change
    of the clocks. The same meetings give the same bytes.
    """
    calendar = Calendar()
    name = words.raw("cadence.name")
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", READ_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for meeting in meetings:
        event = Event()
        event.add("uid", meeting.uid)
        event.add("sequence", meeting.sequence)
        event.add("dtstamp", meeting.changed_at)
        event.add("last-modified", meeting.changed_at)
        event.add("dtstart", meeting.begins_at)
        event.add("dtend", meeting.begins_at + meeting.lasts)
        event.add("summary", words.raw("cadence.calendar_title", kind=meeting.kind))
        event.add("description", words.raw("cadence.description", meeting=meeting))
        event.add("status", "CONFIRMED")
        if meeting.url:
            event.add("url", meeting.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
