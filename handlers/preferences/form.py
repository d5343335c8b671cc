"""The form in which a person chooses which messages come, and when."""

from datetime import time
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.people import Choice, MessageWeek, NoticeKind, Preferences, QuietHours
from agendas.rendering.words import Words
from agendas.rules.notices.sending import is_quiet
from handlers.edge.replies import View
from handlers.edge.views import Values, values_of
from handlers.forms.field_parsers import NO_TIME, choice_in, offered, several_in, time_in
from handlers.forms.fields import clock, line, select, small
from handlers.forms.form import Frame, form
from handlers.forms.origin import Origin

FRAME = Frame("preferences", "Preferences", "Save")
QUIET, NO_QUIET = "between", "none"
QUIET_CHOICES = (("None", NO_QUIET), ("Every day between these times", QUIET))
"""A time cannot be emptied again in Slack, so that there are none is a choice of its own."""
PROPOSED = QuietHours(time(20), time(7))
"""Times offered to who has no quiet hours."""
SAME = "Quiet hours begin and end at the same time. Choose two times, or None above."
DIGEST_IN_QUIET = "This lies in the quiet hours below. Choose a time outside of them."


def build(
    found: Preferences,
    words: Words,
    origin: Origin,
    *,
    zone: str,
    is_helper: bool,
    week: MessageWeek | None = None,
) -> View:
    """The form with the choices in force, and what came of them this week.

    Trouble is asked about only where the person is told of it.
    """
    choices = [(words.raw("notices.choice", choice=each), each.value) for each in Choice]
    kinds = [kind for kind in NoticeKind if is_helper or kind is not NoticeKind.HEALTH]
    quiet = found.quiet or PROPOSED
    return form(
        FRAME,
        origin,
        [
            line(words.say("notices.form_intro")),
            *(
                select(kind.value, words.raw("notices.kind", kind=kind), choices, initial=found.of(kind).value)
                for kind in kinds
            ),
            clock("digest_at", "Daily digest at", initial=f"{found.digest_at:%H:%M}"),
            select("quiet", "Quiet hours", QUIET_CHOICES, initial=QUIET if found.quiet else NO_QUIET),
            clock("quiet_from", "Quiet from", initial=f"{quiet.begins:%H:%M}"),
            clock("quiet_to", "Quiet until", initial=f"{quiet.ends:%H:%M}"),
            small(words.say("notices.form_zone", zone=zone)),
            *((small(words.say("notices.form_week", week=week)),) if week else ()),
        ],
    )


def read(view: dict[str, Any]) -> Preferences:
    """The preferences entered, of the kinds that the form asks about. Raises FieldProblems beside what is wrong."""
    entered = values_of(view)
    asked = [(kind, choice_in(entered, kind.value, Choice)) for kind in NoticeKind]
    digest_at, quiet = time_in(entered, "digest_at"), _quiet_hours(entered)
    if digest_at is None:
        raise FieldProblems({"digest_at": "Choose the time of the digest."})
    if quiet is not None and is_quiet(quiet, digest_at):
        raise FieldProblems({"digest_at": DIGEST_IN_QUIET})
    return Preferences(tuple((kind, choice) for kind, choice in asked if choice is not None), digest_at, quiet)


def _quiet_hours(entered: Values) -> QuietHours | None:
    if several_in(entered, "quiet", offered(QUIET_CHOICES)) != (QUIET,):
        return None
    begins, ends = time_in(entered, "quiet_from"), time_in(entered, "quiet_to")
    if begins is None or ends is None:
        raise FieldProblems({"quiet_from" if begins is None else "quiet_to": NO_TIME})
    if begins == ends:
        raise FieldProblems({"quiet_to": SAME})
    return QuietHours(begins, ends)
