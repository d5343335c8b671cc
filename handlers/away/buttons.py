"""Buttons of days away: to add, correct, change and end them."""

from dataclasses import replace
from datetime import date

from agendas.facts.reviews.preparing import Away
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed, may
from agendas.verbs.people import days_away
from agendas.verbs.reads.away import days_to_change
from handlers.away import form
from handlers.edge.deps import Deps
from handlers.edge.payloads.values import slack_id
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin

NOT_READ = "-"
"""Stands in a button for a day, stand-in or name that could not be read."""


async def add(request: Request, deps: Deps) -> Reply:
    """The form, empty."""
    request.require(Deed.NOMINATE)
    return _opened(request, deps, None)


async def correct(request: Request, deps: Deps) -> Reply:
    """The form with what was typed, as far as it could be read."""
    request.require(Deed.NOMINATE)
    return _opened(request, deps, _filled(request))


async def change(request: Request, deps: Deps) -> Reply:
    """The form with days that are kept."""
    request.require(Deed.NOMINATE)
    return _opened(request, deps, await deps.read(days_to_change, request.workspace_id, request.number))


async def take_back(request: Request, deps: Deps) -> Reply:
    """End the days that the button carries: the person is back, or they never begin."""
    request.require(Deed.NOMINATE)
    was = await deps.write(request, days_away.take_back, request.author, request.number)
    is_own = was.user_id == request.person.user_id
    return Say(said(deps.words.say("away.taken_back", away=was, today=request.today, is_own=is_own)))


def packed(away: Away, whose: str) -> str:
    """The value of the button that opens the form with these days."""
    first, last = (NOT_READ if on == date.min else on.isoformat() for on in (away.from_on, away.until_on))
    return " ".join((whose, first, last, away.stand_in or NOT_READ, away.name)).strip()


def _filled(request: Request) -> Away:
    whose, first, last, stand_in, *name = [*request.value.split(" ", 4), *[NOT_READ] * 4][:5]
    user_id = "" if whose == form.EVERYBODY else request.person.user_id
    other = "" if stand_in == NOT_READ else slack_id(stand_in)
    return Away(user_id, _day(first), _day(last), other, "" if name[0] == NOT_READ else name[0])


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return date.min


def _opened(request: Request, deps: Deps, filled: Away | None) -> Reply:
    is_admin = may(request.person, Deed.ADMINISTER)
    if filled and not filled.user_id and not is_admin:
        filled = replace(filled, user_id=request.person.user_id)
    origin = Origin(channel_id=request.channel_id)
    return OpenModal(form.build(filled, deps.words, origin, asker=request.person.user_id, is_admin=is_admin))
