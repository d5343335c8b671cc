"""/abm away: who is away, and one's own days said, changed and ended in words."""

from datetime import date

from agendas.errors import AmbiguousDate, CadenceError
from agendas.facts.program.settings import HOLIDAYS
from agendas.facts.reviews.preparing import Away
from agendas.pages.admin.away import away_page, correct_page, kept_page
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.rules.preparing.away_words import AwayWord, AwayWords, read_away
from agendas.rules.reviews.holidays import place_name, read_place
from agendas.verbs.people import days_away
from agendas.verbs.reads.away import away_now
from agendas.verbs.settings.change import change_settings
from agendas.verbs.settings.holidays import holidays_of
from handlers.away import form
from handlers.away.buttons import packed
from handlers.edge.deps import Deps
from handlers.edge.replies import Reply, Say
from handlers.edge.request import NotAllowed, Request
from handlers.people.command import nobody_called


async def away(request: Request, deps: Deps, rest: str) -> Reply:
    """The page of days away; or days said, ended, or of everybody; or the public holidays of the workspace."""
    words = AwayWords(AwayWord.AWAY)
    try:
        words = read_away(rest, request.today)
        return await _done(request, deps, words)
    except (AmbiguousDate, NotAllowed):
        raise
    except CadenceError as error:
        if words.word not in (AwayWord.AWAY, AwayWord.EVERYONE) or words.unknown:
            raise
        request.require(Deed.NOMINATE)
        return Say(correct_page(str(error), _typed(words), deps.words))


async def _done(request: Request, deps: Deps, words: AwayWords) -> Reply:
    if words.word is AwayWord.SHOW:
        facts = await deps.read(away_now, request.workspace_id, request.person, now=request.now)
        return Say(away_page(facts, deps.words))
    if words.word is AwayWord.HOLIDAYS:
        return await _holidays(request, deps, words.name)
    request.require(Deed.ADMINISTER if words.word is AwayWord.EVERYONE else Deed.NOMINATE)
    if words.word is AwayWord.BACK:
        return await _back(request, deps)
    if words.unknown:
        again = f"/abm away {words.first} to {words.last} {{}}"
        raise await nobody_called(request, deps, words.unknown, again)
    asker = request.person.user_id
    user_id = "" if words.word is AwayWord.EVERYONE else asker
    wish = Away(user_id, words.first or request.today, words.last or request.today, words.stand_in, words.name)
    kept = await deps.write(request, days_away.say_away, request.author, wish)
    is_own = user_id == asker
    left_out, stood_in = kept.left_out, kept.stood_in
    return Say(
        kept_page(kept.away, deps.words, today=request.today, is_own=is_own, left_out=left_out, stood_in=stood_in)
    )


async def _back(request: Request, deps: Deps) -> Reply:
    ended = await deps.write(request, days_away.is_back, request.author)
    if not ended:
        return Say(said(deps.words.say("away.not_away")))
    last = max(ended, key=lambda each: each.until_on)
    return Say(said(deps.words.say("away.taken_back", away=last, today=request.today, is_own=True)))


async def _holidays(request: Request, deps: Deps, typed: str) -> Reply:
    request.require(Deed.ADMINISTER)
    place = read_place(typed)
    before = await deps.read(holidays_of, request.workspace_id)
    await deps.write(request, change_settings, request.author, {HOLIDAYS: (before, place)})
    return Say(said(deps.words.say("away.holidays_saved", place=place_name(place))))


def _typed(words: AwayWords) -> str:
    """The value of the button that opens the form with what was read."""
    days = (words.first or date.min, words.last or date.min)
    whose = form.EVERYBODY if words.word is AwayWord.EVERYONE else form.ONE
    return packed(Away("", *days, words.stand_in, words.name), whose)
