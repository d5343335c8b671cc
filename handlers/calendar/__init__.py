"""Calendars of reviews that people subscribe to: their addresses, by button."""

from agendas.pages.calendar.address import RENEW, REVOKE
from handlers.calendar import buttons
from handlers.subject import Subject

CALENDAR = Subject(
    buttons={
        "calendar.mine": buttons.mine,
        "calendar.channel": buttons.of_channel,
        RENEW: buttons.renew,
        REVOKE: buttons.revoke,
    },
)
