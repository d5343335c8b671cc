"""Reviews of a channel: its cadence, reviews at once, closing, skipping, moving, and the ledger."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import FieldProblems, NotPlanned, NotUnderstood, Offer, Outdated, Refused, Unclear
from agendas.facts.program import TrailSubject
from agendas.facts.reviews import (
    AgendaItem,
    CadenceFacts,
    CadenceKind,
    CadenceWish,
    ItemPart,
    Occurrence,
    OpenReview,
    ScopeNow,
)
from agendas.pages.admin import ledger_page, unsure_list_page
from agendas.pages.answers import elsewhere_page
from agendas.pages.recap import opened_account_page, opened_review_page, past_reviews_page, recap_details_page
from agendas.pages.reviews import cadence_page, no_cadence_page, started_page, still_private_items
from agendas.rendering.page import Page, sentence_page
from agendas.rendering.words import day
from agendas.rules.access import Permission, may
from agendas.rules.commands import TO, read_review_move, read_skip
from agendas.rules.schedule import local_instant, places_like
from agendas.text.csv_cells import BECAUSE
from agendas.text.dates import local_date, zone_names
from agendas.text.limits import shown as shown_limits
from agendas.verbs import cadences, delivery, past_reviews, privacy, reads, review_reads, reviews
from agendas.verbs.briefing import BriefRequest, ask_before, choose, next_review, remind_before
from agendas.verbs.cadences import OF_NO_ACCOUNT, PLANS_CHANGED, add_account, change_preparation, scope_of
from agendas.verbs.closing import (
    CSV,
    HTML,
    TEXT,
    attendance_of,
    close_by_person,
    closed_review,
    closing_of,
    correct_attendance,
    recap_file,
)
from agendas.verbs.review_reads import channel_ledger
from agendas.verbs.trail import note_change
from agendas.verbs.updates import full_member
from handlers import forms, review_forms
from handlers.command_words import first_word, split_account, unknown_word
from handlers.edge.access import Handler, is_direct, require_channel, require_own_channel
from handlers.edge.deps import Deps, File
from handlers.edge.incoming import message_view, values_of
from handlers.edge.replies import Close, NextView, Nothing, OpenModal, Options, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.review_forms import DEFAULT_MINUTES
from handlers.shortcuts import accounts_like
from handlers.subject import Subject, Word

# /review: this channel's cadence and its reviews.

COMMAND_USAGE = (
    "/review [schedule | now [ACCOUNT, ...] | close | skip | move | pause | resume | history [#channel] | ledger]"
)


async def review(request: Request, deps: Deps) -> Reply:
    """The channel's cadence, or the answer to the first word."""
    word, rest = first_word(request.text)
    if not word:
        return Say(await _channel_page(request, deps))
    if word not in WORDS:
        raise unknown_word(request, tuple(WORDS), COMMAND_USAGE)
    if word in OF_A_CHANNEL:
        require_channel(request)
    return await WORDS[word](request, deps, rest)


async def _channel_page(request: Request, deps: Deps) -> Page:
    """The cadence with its next three dates, or how to set one; in a direct message, the next reviews of all."""
    if is_direct(request):
        found = await deps.read(reads.next_reviews, request.workspace_id)
        zone = request.person.time_zone
        return elsewhere_page(found, deps.words, zone=zone, today=local_date(request.now, zone))
    running = await deps.read(review_reads.in_channel, request.workspace_id, request.channel_id)
    try:
        facts = await cadence_facts(request, deps)
    except Refused:
        return no_cadence_page(deps.words, running=running, can_decide=may(request.person, Permission.DECIDE))
    facts = await deps.read(cadences.with_scope, request.workspace_id, facts, now=request.now)
    return cadence_answer(request, deps, facts, running=running)


def cadence_answer(request: Request, deps: Deps, facts: CadenceFacts, *, running: OpenReview | None = None) -> Page:
    can_decide = may(request.person, Permission.DECIDE)
    return cadence_page(facts, deps.words, now=request.now, running=running, can_decide=can_decide)


async def schedule(request: Request, deps: Deps, rest: str) -> Reply:
    """The form for the cadence; for a review of executives where that word is typed."""
    request.require(Permission.DECIDE)
    await require_own_channel(request, deps)
    had = await deps.read(cadences.find_cadence, request.workspace_id, request.channel_id, now=request.now)
    zone = request.person.time_zone
    found, chosen = await deps.read(_scope, request, had)
    view = review_forms.build_schedule_form(
        forms.origin_here(request),
        had,
        zone=zone,
        asker=request.person.user_id,
        now=request.now,
        chosen=chosen,
        scope_lines=review_forms.lines_of(found, deps.words, minutes=had.minutes if had else DEFAULT_MINUTES),
        kind=CadenceKind.EXECUTIVE if first_word(rest)[0] in ("executive", "executives") else None,
    )
    return OpenModal(view)


def _scope(
    session: Session, request: Request, had: CadenceFacts | None
) -> tuple[ScopeNow, tuple[tuple[str, str], ...]]:
    """Return the accounts in scope of the channel's cadence `had` (all if None), and (name, id) of those it lists."""
    wanted, zone = (cadences.scope_of(had), had.plan.zone) if had else ({}, request.person.time_zone)
    place = {"channel_id": request.channel_id, "zone": zone}
    found = cadences.scope_now(session, request.workspace_id, wanted, **place, now=request.now)
    return found, cadences.chosen_names(session, request.workspace_id, had.account_ids if had else ())


async def open_review_now(request: Request, deps: Deps, rest: str) -> Reply:
    """Open a review at once, of the accounts named, or without any of the cadence's scope."""
    request.require(Permission.DECIDE)
    await require_own_channel(request, deps)
    account_ids = await _accounts(request, deps, rest)
    author, here, today = request.author, request.channel_id, request.today
    await deps.write(
        request, reviews.open_now, author, here, asked_by=request.key, today=today, account_ids=account_ids
    )
    has_stopped = await deps.read(reads.has_stopped, request.workspace_id)
    opened = await deps.read(review_reads.in_channel, request.workspace_id, request.channel_id)
    planned = await deps.read(cadences.find_cadence, request.workspace_id, request.channel_id, now=request.now)
    sentence = deps.words.say("answers.started", review=opened, has_stopped=has_stopped)
    return Say(started_page(sentence, planned, deps.words))


async def close(request: Request, deps: Deps, _rest: str) -> Reply:
    """The form that closes the review that is open in this channel."""
    request.require(Permission.DECIDE)
    running = await deps.read(review_reads.in_channel, request.workspace_id, request.channel_id)
    if running is None:
        raise Refused("No review is open in this channel. See the next dates with /review.")
    return await closing(request, deps, running.id)


async def closing(request: Request, deps: Deps, review_id: int) -> OpenModal:
    """The form that asks whether the review was held and who was there; it closes when that is answered."""
    request.require(Permission.DECIDE)
    found = await deps.read(closing_of, request.workspace_id, review_id, now=request.now)
    origin = forms.origin_here(request, subject=str(review_id))
    return OpenModal(review_forms.build_close(origin, found, closer=request.person.user_id))


async def skip(request: Request, deps: Deps, rest: str) -> Reply:
    """Skip the review of a date, with a reason; the form without words; a date without review is asked about."""
    request.require(Permission.DECIDE)
    facts = await cadence_facts(request, deps)
    if not rest:
        origin = forms.origin_here(request)
        return OpenModal(review_forms.build_skip(origin, _required_dates(facts), zone=facts.plan.zone))
    words = read_skip(rest, _today_there(request, facts))
    try:
        saved = await deps.write(
            request, cadences.skip, request.author, request.channel_id, because=words.because, shown_on=words.shown_on
        )
    except NotPlanned as error:
        raise _ask_which_date(error, "skip", rest, kept_from=BECAUSE) from None
    return Say(cadence_answer(request, deps, saved))


async def move(request: Request, deps: Deps, rest: str) -> Reply:
    """Move one review, by default to the cadence's time; the form without words; a date without one is asked about."""
    request.require(Permission.DECIDE)
    facts = await cadence_facts(request, deps)
    zone = facts.plan.zone
    if not rest:
        origin = forms.origin_here(request, subject=zone)
        return OpenModal(review_forms.build_move(origin, _required_dates(facts), zone=zone))
    words = read_review_move(rest, _today_there(request, facts))
    moved_to, _ = local_instant(words.to_date, words.to_time or facts.plan.local_time, zone)
    try:
        saved = await deps.write(
            request,
            cadences.move_one,
            request.author,
            request.channel_id,
            moved_to=moved_to,
            shown_on=words.from_date,
            because=words.because,
        )
    except NotPlanned as error:
        raise _ask_which_date(error, "move", rest, kept_from=TO) from None
    return Say(cadence_answer(request, deps, saved))


def _ask_which_date(error: NotPlanned, word: str, typed: str, *, kept_from: re.Pattern[str]) -> Unclear:
    """The refusal of a date without a review, offering the next dates with the words typed from `kept_from` on."""
    beginning = kept_from.search(typed)
    kept = typed[beginning.start() :].strip() if beginning else ""
    offers = [Offer(f"{word.capitalize()} {day(on)}", f"/review {word} {on.isoformat()} {kept}") for on in error.dates]
    return Unclear(str(error), offers)


async def pause(request: Request, deps: Deps, _rest: str) -> Reply:
    """Pause the channel's reviews until they are resumed."""
    request.require(Permission.DECIDE)
    saved = await deps.write(request, cadences.pause, request.author, request.channel_id)
    return Say(cadence_answer(request, deps, saved))


async def resume(request: Request, deps: Deps, _rest: str) -> Reply:
    """Resume reviews from the next date; where only messages to the channel failed, say that they are tried again."""
    request.require(Permission.DECIDE)
    is_shared = await deps.is_shared_outside(request.workspace_id, request.channel_id)
    saved = await deps.write(request, cadences.resume, request.author, request.channel_id, is_shared=is_shared)
    return Say(cadence_answer(request, deps, saved) if saved else sentence_page(deps.words.say("answers.tried_again")))


async def cadence_facts(request: Request, deps: Deps) -> CadenceFacts:
    """The channel's cadence. Raises Refused when it has none."""
    return await deps.read(cadences.cadence_facts, request.workspace_id, request.channel_id, now=request.now)


async def _accounts(request: Request, deps: Deps, rest: str) -> tuple[int, ...]:
    """The ids of the accounts named, each once; a comma may stand between or inside names. Refuses commas alone."""
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
    """The next dates of the reviews. Raises Refused where there are none."""
    if not facts.upcoming:
        raise Refused("The reviews of this channel have no next date. Resume it with /review resume.")
    return facts.upcoming


# Submissions of the forms of a cadence and of its reviews, and the schedule's preview while it is filled in.


async def scheduled(request: Request, deps: Deps) -> Reply:
    """Save the channel's cadence, new or changed, and show it with its next dates.

    With a private cadence its accounts become private to the channel, once Slack has said who is in it. Accounts that
    stay private although the cadence is not are listed below.
    """
    request.require(Permission.DECIDE)
    author, channel_id = request.author, forms.origin_of(request.view).channel_id

    def wish_of(session: Session) -> CadenceWish:
        """The cadence entered over the present one. Raises FieldProblems for wrong fields."""
        had = cadences.find_cadence(session, request.workspace_id, channel_id, now=request.now)
        return review_forms.read_schedule_form(request.view, request.now, had)

    # read before the transaction too: Slack is asked for the members only if they will be needed
    is_private = (await deps.read(wish_of)).is_private
    members = await deps.members_of(request.workspace_id, channel_id) if is_private else None
    if members is not None:
        privacy.require_members(author, channel_id, members)

    def save(session: Session) -> CadenceFacts:
        """Save the cadence, and make its accounts private where members were asked for. Refuses a bad facilitator."""
        cadences.lock(session, request.workspace_id, channel_id)
        # read again behind the lock, but with the privacy for which the members were asked
        wish = replace(wish_of(session), is_private=is_private)
        if wish.facilitator:
            full_member(session, author, wish.facilitator)
        saved = cadences.schedule(session, author, channel_id, wish)
        if members is not None:
            privacy.begin_private_cadence(session, author, channel_id, members)
        return saved

    saved = await deps.write(request, save)
    facts = await deps.read(cadences.with_scope, request.workspace_id, saved, now=request.now)
    remaining = await deps.read(privacy.still_private, request.workspace_id, channel_id)
    page = cadence_page(facts, deps.words, now=request.now, can_decide=False, can_hold=True)
    items = still_private_items(channel_id, remaining, deps.words) if remaining else ()
    return NextView(message_view(replace(page, items=(*page.items, *items))))


async def schedule_preview(request: Request, deps: Deps) -> Reply:
    """The open schedule form with its line of the next three dates, for the values so far; nothing without a form."""
    if not request.view:
        return Nothing()
    channel_id, entered = forms.origin_of(request.view).channel_id, values_of(request.view)
    had = await deps.read(cadences.find_cadence, request.workspace_id, channel_id, now=request.now)
    line = review_forms.dates_line(review_forms.filled_in(entered), had.changes if had else (), request.now)
    return NextView(_with_line(request.view, review_forms.DATES_BLOCK, line))


async def scope_preview(request: Request, deps: Deps) -> Reply:
    """The open schedule form with its line of the accounts that the scope so far has now; nothing without a form."""
    if not request.view:
        return Nothing()
    entered = values_of(request.view)
    wanted, minutes = review_forms.read_scope_fields(entered), review_forms.minutes_in(entered)
    place = {"channel_id": forms.origin_of(request.view).channel_id, "zone": request.person.time_zone}

    def count(session: Session) -> ScopeNow:
        return cadences.scope_now(session, request.workspace_id, wanted, **place, now=request.now)

    line = review_forms.lines_of(await deps.read_long(count), deps.words, minutes=minutes)
    return NextView(_with_line(request.view, review_forms.SCOPE_BLOCK, line))


async def segment_options(request: Request, deps: Deps) -> Reply:
    found = await deps.read(cadences.segments_like, request.workspace_id, request.text)
    return Options(review_forms.segment_options(found))


async def holiday_options(request: Request, _deps: Deps) -> Reply:
    """The countries that have the letters typed, and their parts where few fit."""
    return Options(places_like(request.text))


async def zone_options(request: Request, _deps: Deps) -> Reply:
    return Options(review_forms.zones_like(request.text))


async def closed(request: Request, deps: Deps) -> Reply:
    """Close the review; its recap goes to its thread."""
    request.require(Permission.DECIDE)
    was_held, attended = review_forms.read_close(request.view)
    review_id = number_in(forms.origin_of(request.view).subject)
    await deps.write(request, close_by_person, request.author, review_id, attended=attended, was_held=was_held)
    return Close()


async def attendance(request: Request, deps: Deps) -> Reply:
    """Record who was there in a closed review: one person at least."""
    request.require(Permission.DECIDE)
    present, review_id = review_forms.read_attendance(request.view), number_in(forms.origin_of(request.view).subject)
    if not present:
        raise FieldProblems({"attended": "Choose at least one person. A review without anybody was not held."})
    await deps.write(request, correct_attendance, request.author, review_id, present)
    return Close()


async def skipped(request: Request, deps: Deps) -> Reply:
    """Skip the occurrence chosen in the form, and show the dates that remain."""
    request.require(Permission.DECIDE)
    planned_on, because = review_forms.read_skip(request.view)
    channel_id = forms.origin_of(request.view).channel_id
    facts = await deps.write(request, cadences.skip, request.author, channel_id, because=because, planned_on=planned_on)
    return shown(request, deps, facts)


async def moved(request: Request, deps: Deps) -> Reply:
    """Move the occurrence chosen in the form, whose `origin.subject` is the zone of its times, and show the dates."""
    request.require(Permission.DECIDE)
    origin = forms.origin_of(request.view)
    entry = review_forms.read_move(request.view, zone=origin.subject)
    facts = await deps.write(
        request,
        cadences.move_one,
        request.author,
        origin.channel_id,
        moved_to=entry.moved_to,
        planned_on=entry.planned_on,
        because=entry.because,
    )
    return shown(request, deps, facts)


async def prepared(request: Request, deps: Deps) -> Reply:
    """Save how reviews are prepared, and show the cadence; what others changed meanwhile stays."""
    request.require(Permission.DECIDE)

    def save(session: Session) -> CadenceFacts:
        had = _locked(session, request)
        wanted = review_forms.read_preparation_form(request.view, had.preparation)
        return change_preparation(session, request.author, had.channel_id, wanted)

    return shown(request, deps, await deps.write(request, save))


async def sections_changed(request: Request, deps: Deps) -> Reply:
    return await _with_sections(request, deps, moved_up="") if request.view else Nothing()


async def section_up(request: Request, deps: Deps) -> Reply:
    """Move a section of the agendas one place up in the open form; nothing without a form."""
    return await _with_sections(request, deps, moved_up=request.value) if request.view else Nothing()


async def _with_sections(request: Request, deps: Deps, *, moved_up: str) -> Reply:
    """The form and its sample account, drawn again; `moved_up` is the section to move up one place, or ''."""
    origin = forms.origin_of(request.view)
    # the form carries the cadence's zone and the sample account's id
    zone = origin.subject if origin.subject in zone_names() else request.person.time_zone
    sample = await deps.read(
        cadences.shown_account, request.workspace_id, origin.account_id, now=request.now, zone=zone
    )
    chosen = review_forms.moved_up(review_forms.sections_entered(request.view), moved_up)
    return NextView(review_forms.redraw(request.view, chosen, sample, deps.words))


async def sections_chosen(request: Request, deps: Deps) -> Reply:
    """Save the sections of the agendas in their order, and show the cadence."""
    request.require(Permission.DECIDE)

    def save(session: Session) -> CadenceFacts:
        had = _locked(session, request)
        wanted = review_forms.read_sections(request.view, had.sections)
        return cadences.choose_sections(session, request.author, had.channel_id, wanted)

    return shown(request, deps, await deps.write(request, save))


def _locked(session: Session, request: Request) -> CadenceFacts:
    """The cadence of the form's channel, which nobody else changes until the transaction ends."""
    channel_id = forms.origin_of(request.view).channel_id
    cadences.lock(session, request.workspace_id, channel_id)
    return cadences.cadence_facts(session, request.workspace_id, channel_id, now=request.now)


def shown(request: Request, deps: Deps, facts: CadenceFacts) -> Reply:
    """The cadence as it was saved, with its next dates; a skipped one can be taken back there."""
    return NextView(message_view(cadence_page(facts, deps.words, now=request.now, can_decide=False, can_hold=True)))


def _with_line(view: View, block_id: str, line: str) -> View:
    """The open form with this block's line replaced; block ids stay, so Slack keeps what is entered."""
    return forms.redrawn(
        view, [forms.small(line, block_id) if each.get("block_id") == block_id else each for each in view["blocks"]]
    )


SCHEDULE = forms.Form(review_forms.SCHEDULE_FRAME, scheduled)
CLOSE = forms.Form(review_forms.CLOSE, closed)
ATTENDANCE = forms.Form(review_forms.ATTENDANCE, attendance)
SKIP = forms.Form(review_forms.SKIP, skipped)
MOVE = forms.Form(review_forms.MOVE, moved)
PREPARATION = forms.Form(review_forms.PREPARATION_FRAME, prepared)
SECTIONS = forms.Form(review_forms.SECTIONS_FRAME, sections_chosen)


# Buttons of a cadence and of a review's header.


def of_cadence(act: Word) -> Handler:
    """The handler of a button that does what a word of /review does without more words.

    The button carries the id of the cadence that it was shown for, or nothing where the channel had none. Raises
    Outdated where the channel's reviews were planned again meanwhile.
    """

    async def acted(request: Request, deps: Deps) -> Reply:
        if request.value and (await cadence_facts(request, deps)).id != request.number:
            raise Outdated(PLANS_CHANGED)
        return await act(request, deps, "")

    return acted


async def preparation(request: Request, deps: Deps, _rest: str) -> Reply:
    """The form of how reviews are prepared. Raises Refused for an executive review, which takes no accounts."""
    request.require(Permission.DECIDE)
    await require_own_channel(request, deps)
    facts = await cadence_facts(request, deps)
    if facts.kind is CadenceKind.EXECUTIVE:
        raise Refused(OF_NO_ACCOUNT)
    return OpenModal(review_forms.build_preparation_form(facts.preparation, deps.words, forms.origin_here(request)))


async def sections(request: Request, deps: Deps, _rest: str) -> Reply:
    """The form of the agendas' sections, shown on an account of the scope; refused for an executive review."""
    request.require(Permission.DECIDE)
    await require_own_channel(request, deps)
    facts = await cadence_facts(request, deps)
    if facts.kind is CadenceKind.EXECUTIVE:
        raise Refused(cadences.NO_ACCOUNT_AGENDAS)

    def sample(session: Session) -> AgendaItem | None:
        """An account of the scope, on which the form shows the sections; None where the scope has none."""
        wanted, there = scope_of(facts), (request.workspace_id, request.channel_id)
        account_id = cadences.account_to_show(session, *there, wanted)
        return cadences.shown_account(session, request.workspace_id, account_id, now=request.now, zone=facts.plan.zone)

    shown = await deps.read(sample)
    account_id = shown.facts.account.account_id if shown else 0
    origin = forms.origin_here(request, account_id, subject=facts.plan.zone)
    return OpenModal(review_forms.build_sections_form(facts.sections, shown, deps.words, origin))


async def hold(request: Request, deps: Deps) -> Reply:
    """Take back that a date is skipped, and show the dates again in the same place, a form or a message."""
    request.require(Permission.DECIDE)
    cadence_id, planned_on, _ = read_planned(request.value)
    facts = await deps.write(request, cadences.hold_after_all, request.author, cadence_id, planned_on)
    if request.view:
        return shown(request, deps, facts)
    return Say(cadence_answer(request, deps, facts), replace=True)


async def add_button(request: Request, deps: Deps) -> Reply:
    """Take an account that was left out into the review."""
    request.require(Permission.RECORD)
    added = await deps.write(request, add_account, request.author, request.number)
    return Say(sentence_page(deps.words.say("review.added", name=added.name, review_on=added.review_on)))


async def close_button(request: Request, deps: Deps) -> Reply:
    return await closing(request, deps, request.number)


async def attendance_button(request: Request, deps: Deps) -> Reply:
    """The form of who was there in a closed review, with those recorded so far."""
    request.require(Permission.DECIDE)
    present = await deps.read(attendance_of, request.workspace_id, request.number)
    origin = forms.origin_here(request, subject=str(request.number))
    return OpenModal(review_forms.build_attendance(origin, present))


# Buttons of a recap: its details for the presser alone, and the files.


async def details(request: Request, deps: Deps) -> Reply:
    """Outcome for each account, as the presser may see it."""
    request.require(Permission.READ)
    review = await deps.read_long(closed_review, request.workspace_id, request.number, now=request.now)
    return Say(recap_details_page(review, deps.words))


def recap_sender(ending: str) -> Handler:
    """The handler that sends the recap as a file of this ending, as its presser may see it."""

    async def send(request: Request, deps: Deps) -> Reply:
        request.require(Permission.READ)
        review_id = request.number
        name, content = await deps.read_long(
            recap_file, request.workspace_id, review_id, ending, words=deps.words, now=request.now
        )
        # noted before it is sent: a click delivered twice would send two files
        await deps.write(request, note_change, request.author, TrailSubject.REPORT, "recap", after={"file_name": name})
        await deps.send_file(request.workspace_id, request.person.user_id, File(name, content))
        return Say(sentence_page(deps.words.say("answers.recap_sent", name=name)))

    return send


# Buttons and menus of a facilitator's brief, and the form by which they ask somebody.


async def add(request: Request, deps: Deps) -> Reply:
    """Have an account that was left out discussed in the next review."""
    return await _choose_part(request, deps, ItemPart.DISCUSSED, "brief.is_in")


async def leave_out(request: Request, deps: Deps) -> Reply:
    return await _choose_part(request, deps, ItemPart.LEFT_OUT, "brief.is_out")


async def remind(request: Request, deps: Deps) -> Reply:
    """Remind the person whom the button names of the next review."""
    request.require(Permission.DECIDE)
    cadence_id, planned_on, user_id = read_planned(request.value)
    await deps.write(request, remind_before, request.author, cadence_id, planned_on, whom=user_id)
    return Say(sentence_page(deps.words.say("brief.sent", to=user_id)))


async def open_asked_before(request: Request, deps: Deps) -> Reply:
    """The form to ask somebody for something before the review that the button names."""
    request.require(Permission.DECIDE)
    cadence_id, planned_on, _ = read_planned(request.value)
    # refuses where that review is not the next one any more
    await deps.read(next_review, request.author, cadence_id, planned_on)
    return OpenModal(review_forms.build_brief_form(forms.origin_here(request, subject=request.value)))


async def move_brief(request: Request, deps: Deps) -> Reply:
    """The form to move a review, from the brief of its facilitator, which is in another conversation."""
    request.require(Permission.DECIDE)
    cadence_id, planned_on, _ = read_planned(request.value)

    def view_of(session: Session) -> OpenModal:
        """The form for the channel of the review. Refuses where the review is not the next one any more."""
        row = next_review(session, request.author, cadence_id, planned_on)
        facts = cadences.cadence_facts(session, request.workspace_id, row.channel_id, now=request.now)
        origin = forms.Origin(channel_id=row.channel_id, subject=facts.plan.zone)
        return OpenModal(review_forms.build_move(origin, facts.upcoming, zone=facts.plan.zone))

    return await deps.read(view_of)


async def send_asked_before(request: Request, deps: Deps) -> Reply:
    """Send the words to the person, once."""
    request.require(Permission.DECIDE)
    user_id, text = review_forms.read_brief_form(request.view)
    cadence_id, planned_on, _ = read_planned(forms.origin_of(request.view).subject)
    asking = BriefRequest(user_id, text, f"ask:{request.key}")
    await deps.write(request, ask_before, request.author, cadence_id, planned_on, asking=asking)
    return Close()


async def _choose_part(request: Request, deps: Deps, part: ItemPart, sentence_name: str) -> Reply:
    """Record as `part` whether the account is in the next review; the answer is the sentence `sentence_name`."""
    request.require(Permission.DECIDE)
    cadence_id, planned_on, account = read_planned(request.value)
    chosen = await deps.write(
        request, choose, request.author, cadence_id, planned_on, account_id=number_in(account), part=part
    )
    return Say(sentence_page(deps.words.say(sentence_name, name=chosen.name, planned_on=chosen.planned_on)))


def read_planned(value: str) -> tuple[int, date, str]:
    """The cadence's id, the planned date, and the account's or person's id (or '') in a button's value.

    The date is written as its ordinal: `7 739980 12`. Raises Outdated for a value of another form.
    """
    cadence_id, _, rest = value.partition(" ")
    ordinal_text, _, item_id = rest.partition(" ")
    ordinal = number_in(ordinal_text)
    if not 1 <= ordinal <= date.max.toordinal():
        raise Outdated(OTHER_VERSION)
    return number_in(cadence_id), date.fromordinal(ordinal), item_id


ASKED = forms.Form(review_forms.BRIEF_FRAME, send_asked_before)


# /review ledger, and decisions about messages that may or may not have been posted.


async def ledger(request: Request, deps: Deps, _rest: str) -> Reply:
    """The messages posted, late, missed or refused in the channel, and those to come."""
    return Say(await _ledger_page(request, deps))


async def resolve(request: Request, deps: Deps, *, decide: Callable[..., None]) -> Reply:
    """Decide that an unconfirmed message of a review is posted again or left (`decide`); show the ledger again."""
    request.require(Permission.RECORD)
    is_admin = may(request.person, Permission.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=is_admin)
    return Say(await _ledger_page(request, deps), replace=True)


async def resolve_any(request: Request, deps: Deps, *, decide: Callable[..., None]) -> Reply:
    """Decide about an unconfirmed message of any kind, and show an admin those that are left."""
    request.require(Permission.ADMINISTER)
    await deps.write(request, decide, request.author, request.number, is_admin=True)
    remaining = await deps.read(reads.unconfirmed_messages, request.workspace_id)
    return Say(unsure_list_page(remaining, deps.words, zone=request.person.time_zone, now=request.now), replace=True)


async def _ledger_page(request: Request, deps: Deps) -> Page:
    """The ledger of the channel, with the decisions that the asker may make."""
    lines = await deps.read(channel_ledger, request.workspace_id, request.channel_id, now=request.now)
    return ledger_page(
        lines,
        deps.words,
        zone=request.person.time_zone,
        now=request.now,
        decider=request.person.user_id,
        is_admin=may(request.person, Permission.ADMINISTER),
    )


# /review history, and past reviews opened as they were.

CHANNEL = re.compile(r"<#([CG][A-Z0-9]{2,20})(?:\|[^<>]*)?>")
CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{2,20}")
USAGE = "/review history [#channel]"


async def history(request: Request, deps: Deps, rest: str) -> Reply:
    """The past reviews of this channel, or of another one that is named."""
    named = CHANNEL.fullmatch(rest.strip())
    if rest.strip() and named is None:
        raise NotUnderstood(f"{shown_limits(rest)} is not a channel. Choose one from Slack's list after #: {USAGE}.")
    return Say(await _past_page(request, deps, named[1] if named else request.channel_id))


async def older(request: Request, deps: Deps) -> Reply:
    """The next page of past reviews; the button carries the channel, and instant and id of the last review shown."""
    channel_id, _, last_shown = request.value.partition(" ")
    instant, _, review_id = last_shown.partition(" ")
    if not CHANNEL_ID.fullmatch(channel_id):
        raise Outdated(OTHER_VERSION)
    return Say(await _past_page(request, deps, channel_id, before=(number_in(instant), number_in(review_id))))


async def opened(request: Request, deps: Deps) -> Reply:
    """A review as it was when it closed; the button carries its id, and how many accounts to skip: `7 20`."""
    review_id, _, start = request.value.partition(" ")
    found = await deps.read(past_reviews.opened_review, request.workspace_id, number_in(review_id), now=request.now)
    return Say(opened_review_page(found, deps.words, start=number_in(start or "0")))


async def account(request: Request, deps: Deps) -> Reply:
    found = await deps.read(past_reviews.opened_account, request.workspace_id, request.number, now=request.now)
    return Say(opened_account_page(found, deps.words))


async def _past_page(request: Request, deps: Deps, channel_id: str, *, before: tuple[int, int] | None = None) -> Page:
    """The channel's past reviews, newest first, before the one with this (microseconds of its planned instant, id).

    In another channel only reviews with accounts that the person may see are shown.
    """
    is_here, now = channel_id == request.channel_id, request.now
    found = await deps.read(
        past_reviews.past_reviews, request.workspace_id, channel_id, now=now, is_here=is_here, before=before
    )
    return past_reviews_page(found, deps.words)


# Everything that can arrive about reviews.

WORDS: dict[str, Word] = {
    "schedule": schedule,
    "now": open_review_now,
    "close": close,
    "skip": skip,
    "move": move,
    "pause": pause,
    "resume": resume,
    "history": history,
    "ledger": ledger,
}

OF_A_CHANNEL = ("now", "schedule", "skip", "move", "pause", "resume")
"""Words that change the review of the channel they are typed in."""


REVIEWS = Subject(
    commands={"/review": review},
    buttons={
        "review.schedule": of_cadence(schedule),
        "review.preparation": of_cadence(preparation),
        "review.agenda": of_cadence(sections),
        review_forms.SECTIONS_CHANGED: sections_changed,
        review_forms.UP: section_up,
        "review.now": of_cadence(open_review_now),
        "review.move": of_cadence(move),
        "review.skip": of_cadence(skip),
        "review.pause": of_cadence(pause),
        "review.resume": of_cadence(resume),
        "review.hold": hold,
        "review.add": add_button,
        "review.close": close_button,
        "brief.add": add,
        "brief.leave_out": leave_out,
        "brief.remind": remind,
        "brief.ask": open_asked_before,
        "brief.move": move_brief,
        "recap.attendance": attendance_button,
        "recap.details": details,
        "recap.text": recap_sender(TEXT),
        "recap.csv": recap_sender(CSV),
        "recap.print": recap_sender(HTML),
        **dict.fromkeys(("past.open", "past.before", "past.after", "past.more", "past.back"), opened),
        "past.account": account,
        "past.older": older,
        review_forms.PREVIEW: schedule_preview,
        review_forms.ZONES: schedule_preview,
        review_forms.HOLIDAYS: schedule_preview,
        review_forms.CHANGED: scope_preview,
        review_forms.SEGMENTS: scope_preview,
        review_forms.ACCOUNTS: scope_preview,
        "letter.again": partial(resolve, decide=delivery.post_again),
        "letter.there": partial(resolve, decide=delivery.leave_unsure),
        "doubt.again": partial(resolve_any, decide=delivery.post_again),
        "doubt.there": partial(resolve_any, decide=delivery.leave_unsure),
    },
    forms=(ASKED, SCHEDULE, CLOSE, ATTENDANCE, SKIP, MOVE, PREPARATION, SECTIONS),
    options={
        review_forms.ZONES: zone_options,
        review_forms.HOLIDAYS: holiday_options,
        review_forms.SEGMENTS: segment_options,
        review_forms.ACCOUNTS: accounts_like,
    },
)
