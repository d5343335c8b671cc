"""Answers to the reminder of reviews to prepare."""

from functools import partial

from agendas.rules.notices.reminding import Snooze
from handlers.reminding import buttons
from handlers.subject import Subject

REMINDING = Subject(
    buttons={
        "reminder.update": buttons.update,
        **{f"reminder.{choice}": partial(buttons.snoozed, choice=choice) for choice in Snooze},
        "reminder.stop": buttons.stopped,
    },
)
