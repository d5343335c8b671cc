"""Preferences of each person: which messages of the bot come, and when."""

from datetime import time
from typing import Any

from agendas.errors import FieldProblems
from agendas.facts.people import MessageWeek, NoticeChoice, NoticeKind, Preferences, QuietHours
from agendas.pages.notices import preferences_saved_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission
from agendas.rules.notices import is_quiet
from agendas.verbs.notices import change_preferences, message_week, preferences_to_change
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Values, message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, View
from handlers.edge.request import Request
from handlers.subject import Subject

# The form in which a person chooses which messages come, and when.

FRAME = forms.Frame("preferences", "Preferences", "Save")
QUIET, NO_QUIET = "between", "none"
QUIET_CHOICES = (("None", NO_QUIET), ("Every day between these times", QUIET))
"""A time cannot be emptied again in Slack, so that there are none is a choice of its own."""
THREADS_LABEL = "What you write in accounts' threads"
HEARD, NOT_HEARD = "heard", "not_heard"
THREADS_CHOICES = (
    ("Offer me to record it", HEARD),
    ("Only what begins with moved:, blocked:, next: or done:", NOT_HEARD),
)
PROPOSED = QuietHours(time(20), time(7))
"""Times offered to who has no quiet hours."""
SAME = "Quiet hours begin and end at the same time. Choose two times, or None above."
DIGEST_IN_QUIET = "This lies in the quiet hours below. Choose a time outside of them."


def build(
    found: Preferences,
    words: Words,
    origin: forms.Origin,
    *,
    zone: str,
    is_helper: bool,
    week: MessageWeek | None = None,
) -> View:
    """The form with the choices in force, and how many messages they let through in this `week`.

    Only a helper gets messages about trouble, so only a helper has that choice.
    """
    choices = [(words.raw("notices.choice", choice=each), each.value) for each in NoticeChoice]
    kinds = [kind for kind in NoticeKind if is_helper or kind is not NoticeKind.HEALTH]
    quiet = found.quiet or PROPOSED
    return forms.form(
        FRAME,
        origin,
        [
            forms.line(words.say("notices.form_intro")),
            *(
                forms.select(kind.value, words.raw("notices.kind", kind=kind), choices, initial=found.of(kind).value)
                for kind in kinds
            ),
            forms.clock("digest_at", "Daily digest at", initial=f"{found.digest_at:%H:%M}"),
            forms.select("quiet", "Quiet hours", QUIET_CHOICES, initial=QUIET if found.quiet else NO_QUIET),
            forms.clock("quiet_from", "Quiet from", initial=f"{quiet.begins:%H:%M}"),
            forms.clock("quiet_to", "Quiet until", initial=f"{quiet.ends:%H:%M}"),
            forms.small(words.say("notices.form_zone", zone=zone)),
            *((forms.small(words.say("notices.form_week", week=week)),) if week else ()),
            forms.select(
                "threads", THREADS_LABEL, THREADS_CHOICES, initial=HEARD if found.hears_threads else NOT_HEARD
            ),
        ],
    )


def read(view: dict[str, Any]) -> Preferences:
    """The preferences entered, of the kinds that the form asks about. Raises FieldProblems for what is wrong."""
    entered = values_of(view)
    asked = [(kind, forms.choice_in(entered, kind.value, NoticeChoice)) for kind in NoticeKind]
    digest_at, quiet = forms.time_in(entered, "digest_at"), _quiet_hours(entered)
    if digest_at is None:
        raise FieldProblems({"digest_at": "Choose the time of the digest."})
    if quiet is not None and is_quiet(quiet, digest_at):
        raise FieldProblems({"digest_at": DIGEST_IN_QUIET})
    heard = forms.several_in(entered, "threads", forms.option_values(THREADS_CHOICES)) != (NOT_HEARD,)
    return Preferences(tuple((kind, choice) for kind, choice in asked if choice is not None), digest_at, quiet, heard)


def _quiet_hours(entered: Values) -> QuietHours | None:
    """The quiet hours entered, None for none. Raises FieldProblems if a time is missing or both are the same."""
    if forms.several_in(entered, "quiet", forms.option_values(QUIET_CHOICES)) != (QUIET,):
        return None
    begins, ends = forms.time_in(entered, "quiet_from"), forms.time_in(entered, "quiet_to")
    if begins is None or ends is None:
        raise FieldProblems({"quiet_from" if begins is None else "quiet_to": forms.NO_TIME})
    if begins == ends:
        raise FieldProblems({"quiet_to": SAME})
    return QuietHours(begins, ends)


# /abm preferences, and the button at the foot of the messages that the bot sends by itself: both open the form.


async def preferences(request: Request, deps: Deps, _rest: str) -> Reply:
    return await open_form(request, deps)


async def open_form(request: Request, deps: Deps) -> Reply:
    """The form with the person's preferences in force, in their own time zone."""
    request.require(Permission.READ)
    found, is_helper = await deps.read(preferences_to_change, request.workspace_id, request.person.user_id)
    week = await deps.read(message_week, request.workspace_id, request.person.user_id, request.now)
    origin, zone = forms.origin_here(request), request.person.time_zone
    return OpenModal(build(found, deps.words, origin, zone=zone, is_helper=is_helper, week=week))


# Submission of the form for a person's preferences.


async def saved(request: Request, deps: Deps) -> Reply:
    """Save what the person wants, and say what comes when from now on."""
    request.require(Permission.READ)
    wanted = read(request.view)
    await deps.write(request, change_preferences, request.author, wanted)
    return NextView(message_view(preferences_saved_page(wanted, deps.words)))


FORM = forms.Form(FRAME, saved)


PREFERENCES = Subject(abm_words={"preferences": preferences}, buttons={"preferences.open": open_form}, forms=(FORM,))
