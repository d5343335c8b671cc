"""/review: this channel's cadence and its reviews."""

import re
from collections.abc import Awaitable, Callable
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NotPlanned, NotUnderstood, Offer, Refused, Unclear
from agendas.facts.reviews.cadence import CadenceFacts, CadenceKind, Occurrence, ScopeNow
from agendas.facts.reviews.review import OpenReview
from agendas.pages.answers.elsewhere import elsewhere_page
from agendas.pages.reviews.cadence import cadence_page, no_cadence_page
from agendas.pages.reviews.started import started_page
from agendas.rendering.filters import day
from agendas.rendering.notice import said
from agendas.rendering.page import Page
from agendas.rules.access.rights import Deed, may
from agendas.rules.commands.reviews import TO, read_review_move, read_skip
from agendas.rules.reviews.schedule import local_instant
from agendas.text.because import BECAUSE
from agendas.text.days import local_date
from agendas.verbs.reads import health, news
from agendas.verbs.reads.reviews import open_reviews
from agendas.verbs.reviews import cadence, pausing, scope, start
from agendas.verbs.reviews.close import closing_of
from handlers.command_words import first_word, split_account, unknown_word
from handlers.edge.channel_privacy import is_direct, require_channel, require_own_channel
from handlers.edge.deps import Deps
from handlers.edge.replies import OpenModal, Reply, Say
from handlers.edge.request import Request
from handlers.forms.origin import Origin
from handlers.reviews import ledger, past, review_form, schedule_form, scope_fields
from handlers.reviews.schedule_form import DEFAULT_MINUTES

USAGE = "/review [schedule | now [ACCOUNT, ...] | close | skip | move | pause | resume | history [#channel] | ledger]"


async def review(request: Request, deps: Deps) -> Reply:
    """The channel's cadence, or the answer to the first word."""
    word, rest = first_word(request.text)
    if not word:
        return Say(await shown(request, deps))
    if word not in WORDS:
        raise unknown_word(request, tuple(WORDS), USAGE)
    if word in OF_A_CHANNEL:
        require_channel(request)
    return await WORDS[word](request, deps, rest)


async def shown(request: Request, deps: Deps) -> Page:
    """The cadence with its next three dates, or how to set one; in a direct message, those of every channel."""
    if is_direct(request):
        found = await deps.read(news.next_reviews, request.workspace_id)
        zone = request.person.time_zone
        return elsewhere_page(found, deps.words, zone=zone, today=local_date(request.now, zone))
    running = await deps.read(open_reviews.in_channel, request.workspace_id, request.channel_id)
    try:
        facts = await cadence_facts(request, deps)
    except Refused:
        return no_cadence_page(deps.words, running=running, can_decide=may(request.person, Deed.DECIDE))
    facts = await deps.read(scope.with_scope, request.workspace_id, facts, now=request.now)
    return cadence_answer(request, deps, facts, running=running)


def cadence_answer(request: Request, deps: Deps, facts: CadenceFacts, *, running: OpenReview | None = None) -> Page:
    """The cadence as the asker may use it."""
    can_decide = may(request.person, Deed.DECIDE)
    return cadence_page(facts, deps.words, now=request.now, running=running, can_decide=can_decide)


async def schedule(request: Request, deps: Deps, rest: str) -> Reply:
    """The form for the cadence; for a review of executives where that word is typed."""
    request.require(Deed.DECIDE)
    await require_own_channel(request, deps)
    had = await deps.read(cadence.find, request.workspace_id, request.channel_id, now=request.now)
    zone = request.person.time_zone
    found, chosen = await deps.read(_scope, request, had)
    view = schedule_form.build(
        Origin(channel_id=request.channel_id),
        had,
        zone=zone,
        asker=request.person.user_id,
        now=request.now,
        chosen=chosen,
        scope_lines=scope_fields.lines_of(found, deps.words, minutes=had.minutes if had else DEFAULT_MINUTES),
        kind=CadenceKind.EXECUTIVE if first_word(rest)[0] in ("executive", "executives") else None,
    )
    return OpenModal(view)


def _scope(
    session: Session, request: Request, had: CadenceFacts | None
) -> tuple[ScopeNow, tuple[tuple[str, str], ...]]:
    """Return what the scope of the channel's cadence has now, that of all without one, and the accounts it names."""
    wanted, zone = (scope.scope_of(had), had.plan.zone) if had else ({}, request.person.time_zone)
    place = {"channel_id": request.channel_id, "zone": zone}
    found = scope.scope_now(session, request.workspace_id, wanted, **place, now=request.now)
    return found, scope.chosen_names(session, request.workspace_id, had.account_ids if had else ())


async def now(request: Request, deps: Deps, rest: str) -> Reply:
    """Open a review at once, of the scope or of the accounts named."""
    request.require(Deed.DECIDE)
    await require_own_channel(request, deps)
    account_ids = await _accounts(request, deps, rest)
    await deps.write(
        request,
        start.open_now,
        request.author,
        request.channel_id,
        asked_by=request.key,
        today=request.today,
        account_ids=account_ids,
    )
    has_stopped = await deps.read(health.has_stopped, request.workspace_id)
    opened = await deps.read(open_reviews.in_channel, request.workspace_id, request.channel_id)
    planned = await deps.read(cadence.find, request.workspace_id, request.channel_id, now=request.now)
    told = deps.words.say("answers.started", review=opened, has_stopped=has_stopped)
    return Say(started_page(told, planned, deps.words))


async def close(request: Request, deps: Deps, _rest: str) -> Reply:
    """The form that closes the review that is open in this channel."""
    request.require(Deed.DECIDE)
    running = await deps.read(open_reviews.in_channel, request.workspace_id, request.channel_id)
    if running is None:
        raise Refused("No review is open in this channel. See the next dates with /review.")
    return await closing(request, deps, running.id)


async def closing(request: Request, deps: Deps, review_id: int) -> OpenModal:
    """The form that asks whether the review was held and who was there; it closes when that is answered."""
    request.require(Deed.DECIDE)
    found = await deps.read(closing_of, request.workspace_id, review_id, now=request.now)
    origin = Origin(channel_id=request.channel_id, subject=str(review_id))
    return OpenModal(review_form.build_close(origin, found, closer=request.person.user_id))


async def skip(request: Request, deps: Deps, rest: str) -> Reply:
    """Leave out one occurrence; the form when nothing more is said."""
    request.require(Deed.DECIDE)
    facts = await cadence_facts(request, deps)
    if not rest:
        origin = Origin(channel_id=request.channel_id)
        return OpenModal(review_form.build_skip(origin, _required_dates(facts), zone=facts.plan.zone))
    words = read_skip(rest, _today_there(request, facts))
    try:
        saved = await deps.write(
            request,
            cadence.skip,
            request.author,
            request.channel_id,
            because=words.because,
            shown_on=words.shown_on,
        )
    except NotPlanned as error:
        raise _which_date(error, "skip", rest, kept_from=BECAUSE) from None
    return Say(cadence_answer(request, deps, saved))


async def move(request: Request, deps: Deps, rest: str) -> Reply:
    """Move one occurrence to another time; the form when nothing more is said."""
    request.require(Deed.DECIDE)
    facts = await cadence_facts(request, deps)
    zone = facts.plan.zone
    if not rest:
        origin = Origin(channel_id=request.channel_id, subject=zone)
        return OpenModal(review_form.build_move(origin, _required_dates(facts), zone=zone))
    words = read_review_move(rest, _today_there(request, facts))
    moved_to, _ = local_instant(words.to_date, words.to_time or facts.plan.local_time, zone)
    try:
        saved = await deps.write(
            request,
            cadence.move_one,
            request.author,
            request.channel_id,
            moved_to=moved_to,
            shown_on=words.from_date,
            because=words.because,
        )
    except NotPlanned as error:
        raise _which_date(error, "move", rest, kept_from=TO) from None
    return Say(cadence_answer(request, deps, saved))


def _which_date(error: NotPlanned, word: str, typed: str, *, kept_from: re.Pattern[str]) -> Unclear:
    """The refusal of a date without a review, with the next dates in its place; what else was typed is kept."""
    found = kept_from.search(typed)
    rest = typed[found.start() :].strip() if found else ""
    offers = [Offer(f"{word.capitalize()} {day(on)}", f"/review {word} {on.isoformat()} {rest}") for on in error.dates]
    return Unclear(str(error), offers)


async def pause(request: Request, deps: Deps, _rest: str) -> Reply:
    """Pause reviews until they are resumed."""
    request.require(Deed.DECIDE)
    saved = await deps.write(request, pausing.pause, request.author, request.channel_id)
    return Say(cadence_answer(request, deps, saved))


async def resume(request: Request, deps: Deps, _rest: str) -> Reply:
    """Resume reviews from the next date; where the channel was in trouble, its messages are tried again now."""
    request.require(Deed.DECIDE)
    is_shared = await deps.is_shared_outside(request.workspace_id, request.channel_id)
    saved = await deps.write(request, pausing.resume, request.author, request.channel_id, is_shared=is_shared)
    return Say(cadence_answer(request, deps, saved) if saved else said(deps.words.say("answers.tried_again")))


async def cadence_facts(request: Request, deps: Deps) -> CadenceFacts:
    """The channel's cadence. Raises Refused when it has none."""
    return await deps.read(cadence.cadence_facts, request.workspace_id, request.channel_id, now=request.now)


WORDS: dict[str, Callable[[Request, Deps, str], Awaitable[Reply]]] = {
    "schedule": schedule,
    "now": now,
    "close": close,
    "skip": skip,
    "move": move,
    "pause": pause,
    "resume": resume,
    "history": past.history,
    "ledger": ledger.ledger,
}

OF_A_CHANNEL = ("now", "schedule", "skip", "move", "pause", "resume")
"""Words that change the review of the channel they are typed in."""


async def _accounts(request: Request, deps: Deps, rest: str) -> tuple[int, ...]:
    """The accounts named, each once; a comma between them is allowed, and so is one inside a name."""
    found: list[int] = []
    if rest.strip() and not rest.strip(" ,"):
        raise NotUnderstood("Name the accounts with commas between them: /review now ACCOUNT, ACCOUNT.")
    while rest.strip(" ,"):
        account_id, rest = await split_account(request, deps, rest.strip(" ,"))
        found.append(account_id)
    return tuple(dict.fromkeys(found))


def _today_there(request: Request, facts: CadenceFacts) -> date:
    return request.now.astimezone(ZoneInfo(facts.plan.zone)).date()


def _required_dates(facts: CadenceFacts) -> tuple[Occurrence, ...]:
    if not facts.upcoming:
        raise Refused("The reviews of this channel have no next date. Resume it with /review resume.")
    return facts.upcoming
