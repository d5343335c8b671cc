"""Days on which people are away, and who stands in for them."""

from dataclasses import replace
from datetime import date
from typing import Any

from agendas.errors import AmbiguousDate, CadenceError, FieldProblems
from agendas.facts.program import HOLIDAYS
from agendas.facts.reviews import Away
from agendas.pages.people import away_page, correct_page, kept_page
from agendas.rendering.page import sentence_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission, may
from agendas.rules.preparing import NAME_CHARACTERS, AwayWord, AwayWords, read_away
from agendas.rules.schedule import place_name, read_place
from agendas.verbs import people
from agendas.verbs.reads import away_now, days_to_change
from agendas.verbs.settings import change_settings, holidays_of
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import message_view, slack_id, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import NotAllowed, Request, number_in
from handlers.people import nobody_called
from handlers.subject import Subject

# The form for days away: from, until, who stands in, and for admins who it is that is away.

FRAME = forms.Frame("away", "Days away", "Save")
EVERYBODY, ONE = "everybody", "one"
WHO = (("The person below", ONE), ("Everybody: no review is held", EVERYBODY))
"""Choices of an admin."""

NO_DAY = date.min
"""Stands for a day that is not entered yet or could not be read: the form shows it empty."""


def build(filled: Away | None, words: Words, origin: forms.Origin, *, asker: str, is_admin: bool) -> View:
    """The form, prefilled with the days that are known; `filled.id` is the id of stored days to change, else 0.

    An admin who adds days chooses whose they are; stored days stay those of their person. Days without a user id are
    everybody's: they have a name, and once stored no stand-in.
    """
    days = filled or Away(asker, NO_DAY, NO_DAY)
    can_choose_person = is_admin and not days.id
    about = replace(origin, subject=f"{days.id} {days.user_id}")
    of_everybody = not days.user_id
    hint = "Gets what the person is asked meanwhile, and records for their accounts. An editor who is there."
    stand_in = forms.person("stand_in", "Stand-in", initial=days.stand_in, optional=True, hint=hint)
    whose = (
        forms.select("whose", "Who is away", WHO, initial=ONE if days.user_id else EVERYBODY),
        forms.person("user_id", "Person", initial=days.user_id or asker, optional=True),
    )
    return forms.form(
        FRAME,
        about,
        [
            forms.line(words.say("away.form_intro")),
            forms.day("from_on", "First day", initial=_field_value(days.from_on)),
            forms.day(
                "until_on",
                "Last day",
                initial=_field_value(days.until_on),
                optional=True,
                hint="Empty: that day alone.",
            ),
            *([] if of_everybody and days.id else [stand_in]),
            *(whose if can_choose_person else []),
            *([_name_field(days)] if can_choose_person or of_everybody else []),
        ],
    )


def read(view: dict[str, Any], *, asker: str) -> Away:
    """The days entered: the first alone where no last one is. Raises FieldProblems where the first is missing.

    The form's `origin.subject` is `ID USER`: of stored days (ID not 0) the person stays, '' for everybody. Otherwise no
    person means the asker. Days of everybody have a name and no stand-in, those of one person the reverse.
    """
    entered = values_of(view)
    days_id, _, user_id = forms.origin_of(view).subject.partition(" ")
    stored_id = number_in(days_id or "0")
    if not stored_id:
        user_id = "" if entered.get("whose") == EVERYBODY else slack_id(entered.get("user_id", "")) or asker
    first = forms.day_in(entered, "from_on")
    if first is None:
        raise FieldProblems({"from_on": forms.NO_DATE})
    last = forms.day_in(entered, "until_on") or first
    stand_in = slack_id(entered.get("stand_in", "")) if user_id else ""
    name = "" if user_id else " ".join(entered.get("name", "").split())
    return Away(user_id, first, last, stand_in, name, stored_id)


def _name_field(found: Away) -> dict[str, Any]:
    hint = "Said beside each review that is skipped, such as Winter break."
    label = "Name of everybody's days"
    return forms.text("name", label, initial=found.name, optional=True, hint=hint, most=NAME_CHARACTERS)


def _field_value(on: date) -> str:
    """The day as a form's field has it, empty for NO_DAY."""
    return "" if on == NO_DAY else on.isoformat()


# Buttons of days away: to add, correct, change and end them.

NOT_READ = "-"
"""In the value of a button: a day, stand-in or name that could not be read."""


async def add(request: Request, deps: Deps) -> Reply:
    request.require(Permission.NOMINATE)
    return _open_form(request, deps, None)


async def correct(request: Request, deps: Deps) -> Reply:
    """The form with what was typed, as far as it could be read."""
    request.require(Permission.NOMINATE)
    # the value is as `button_value` writes it, but its end may be missing
    whose, first, last, stand_in, *name = [*request.value.split(" ", 4), *[NOT_READ] * 4][:5]
    user_id = "" if whose == EVERYBODY else request.person.user_id
    stand_in_id, day_name = "" if stand_in == NOT_READ else slack_id(stand_in), "" if name[0] == NOT_READ else name[0]
    return _open_form(request, deps, Away(user_id, _day(first), _day(last), stand_in_id, day_name))


async def change(request: Request, deps: Deps) -> Reply:
    request.require(Permission.NOMINATE)
    return _open_form(request, deps, await deps.read(days_to_change, request.workspace_id, request.number))


async def take_back(request: Request, deps: Deps) -> Reply:
    """End the days that the button carries: the person is back, or they never begin."""
    request.require(Permission.NOMINATE)
    ended = await deps.write(request, people.take_back, request.author, request.number)
    is_own = ended.user_id == request.person.user_id
    return Say(sentence_page(deps.words.say("away.taken_back", away=ended, today=request.today, is_own=is_own)))


def button_value(away: Away, whose: str) -> str:
    """The value `whose first last stand-in name` of the button that opens the form, with `-` for what is unknown."""
    first, last = (NOT_READ if on == NO_DAY else on.isoformat() for on in (away.from_on, away.until_on))
    return " ".join((whose, first, last, away.stand_in or NOT_READ, away.name)).strip()


def _day(carried: str) -> date:
    """Return the day that the button carries, NO_DAY for one that could not be read when the button was made."""
    try:
        return date.fromisoformat(carried)
    except ValueError:
        return NO_DAY


def _open_form(request: Request, deps: Deps, filled: Away | None) -> Reply:
    """The form with these days, empty for None; days of everybody become their own for who is no admin."""
    is_admin = may(request.person, Permission.ADMINISTER)
    if filled and not filled.user_id and not is_admin:
        filled = replace(filled, user_id=request.person.user_id)
    origin = forms.origin_here(request)
    return OpenModal(build(filled, deps.words, origin, asker=request.person.user_id, is_admin=is_admin))


# /abm away: who is away, and in words to record, change and end days of one's own.


async def away(request: Request, deps: Deps, rest: str) -> Reply:
    """The page of days away; or record or end days of the person or of everybody, or set the workspace's holidays.

    Days that cannot be read or recorded are offered for correction in the form; an unknown stand-in is asked about.
    """
    words = AwayWords(AwayWord.AWAY)  # until they are read: a refusal of the reading offers an empty form
    try:
        words = read_away(rest, request.today)
        return await _reply_to_away(request, deps, words)
    except (AmbiguousDate, NotAllowed):
        # the form would not help: a date is asked about with its readings, and a missing right stays missing
        raise
    except CadenceError as error:
        if words.word not in (AwayWord.AWAY, AwayWord.EVERYONE) or words.unknown:
            raise
        request.require(Permission.NOMINATE)
        return Say(correct_page(str(error), _typed_value(words), deps.words))


async def _reply_to_away(request: Request, deps: Deps, words: AwayWords) -> Reply:
    """Do what the words ask for: show the days, or record, change or end some, for the asker or for everybody."""
    if words.word is AwayWord.SHOW:
        facts = await deps.read(away_now, request.workspace_id, request.person, now=request.now)
        return Say(away_page(facts, deps.words))
    if words.word is AwayWord.HOLIDAYS:
        return await _holidays(request, deps, words.name)
    request.require(Permission.ADMINISTER if words.word is AwayWord.EVERYONE else Permission.NOMINATE)
    if words.word is AwayWord.BACK:
        return await _reply_to_back(request, deps)
    if words.unknown:
        # `{}` is where a person of a near name is put
        command = f"/abm away {words.first} to {words.last} {{}}"
        raise await nobody_called(request, deps, words.unknown, command)
    asker = request.person.user_id
    user_id = "" if words.word is AwayWord.EVERYONE else asker
    # these words always have both days, which their type does not say
    wish = Away(user_id, words.first or request.today, words.last or request.today, words.stand_in, words.name)
    saved = await deps.write(request, people.say_away, request.author, wish)
    is_own = user_id == asker
    left_out, stood_in = saved.left_out, saved.stood_in
    page = kept_page(saved.away, deps.words, today=request.today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    return Say(page)


async def _reply_to_back(request: Request, deps: Deps) -> Reply:
    """End the days away that the person is in, and name those that would have lasted longest; a sentence for none."""
    ended = await deps.write(request, people.is_back, request.author)
    if not ended:
        return Say(sentence_page(deps.words.say("away.not_away")))
    last = max(ended, key=lambda each: each.until_on)
    return Say(sentence_page(deps.words.say("away.taken_back", away=last, today=request.today, is_own=True)))


async def _holidays(request: Request, deps: Deps, typed: str) -> Reply:
    """Set the place whose public holidays are the workspace's, such as `Germany Bayern`; for admins."""
    request.require(Permission.ADMINISTER)
    place = read_place(typed)
    before = await deps.read(holidays_of, request.workspace_id)
    await deps.write(request, change_settings, request.author, {HOLIDAYS: (before, place)})
    return Say(sentence_page(deps.words.say("away.holidays_saved", place=place_name(place))))


def _typed_value(words: AwayWords) -> str:
    """The value of the button that opens the form with what was read."""
    days = (words.first or NO_DAY, words.last or NO_DAY)
    whose = EVERYBODY if words.word is AwayWord.EVERYONE else ONE
    return button_value(Away("", *days, words.stand_in, words.name), whose)


# Submission of the form for days away.


async def save(request: Request, deps: Deps) -> Reply:
    """Record the days away, and say who is asked meanwhile."""
    request.require(Permission.NOMINATE)
    asker = request.person.user_id
    wish = read(request.view, asker=asker)
    saved = await deps.write(request, people.say_away, request.author, wish)
    is_own = wish.user_id == asker
    left_out, stood_in = saved.left_out, saved.stood_in
    page = kept_page(saved.away, deps.words, today=request.today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    return NextView(message_view(page))


FORM = forms.Form(FRAME, save)


AWAY = Subject(
    abm_words={"away": away},
    buttons={
        "away.add": add,
        "away.correct": correct,
        "away.change": change,
        "away.back": take_back,
        "away.remove": take_back,
    },
    forms=(FORM,),
)
