"""Updates of accounts: /move, /blocker and /next, their forms and buttons, decisions, Undo, and repeats."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from agendas.errors import (
    CannotOwn,
    FieldProblems,
    NothingShows,
    OpenAlready,
    Outdated,
    RecordedAlready,
    Refused,
    Unclear,
)
from agendas.facts.account import Blocker, ListStatus, NextAction
from agendas.facts.people import Author
from agendas.facts.reviews import AgendaItem
from agendas.pages.evidence import FILL, which_page
from agendas.pages.sections import question_text
from agendas.pages.signals import signal_noted_page
from agendas.pages.updates import (
    AGAIN,
    ANOTHER,
    ONE,
    RecordedFacts,
    read_event,
    read_what,
    recorded_already_line,
    recorded_page,
    too_late_page,
    undone_page,
)
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import sentence_page
from agendas.rendering.words import Words
from agendas.rules.access import Permission, may
from agendas.rules.commands import UnclearPart, WordChoice
from agendas.rules.deals import furthest_deal
from agendas.rules.question_to_decide import question_asked
from agendas.rules.reviews import fitting_decision
from agendas.rules.threads import take_mark
from agendas.rules.update_words import (
    GIVE,
    SETTLED,
    ActionUpdate,
    ActionWords,
    MoveWords,
    ResolvedWords,
    SettledWords,
    WaitWords,
    read_blocker,
    read_move,
    read_next,
    read_waiting,
)
from agendas.text.dates import weekday_text
from agendas.verbs import reads, updates
from agendas.verbs.card import get_event, recorded_facts
from agendas.verbs.closing import decide as closing_decide
from agendas.verbs.corrections import TooLate, take_back
from agendas.verbs.drafts import forget_fields
from agendas.verbs.evidence import LEFT
from agendas.verbs.letters import confirm, note_shown
from agendas.verbs.reads import account_of_message
from agendas.verbs.record import Recorded
from agendas.verbs.review_reads import account_of_item, review_item
from agendas.verbs.signals import noted_signal
from agendas.verbs.updates import (
    ClosedMeanwhile,
    account_to_update,
    already_settled,
    report_account,
    report_actions,
    report_blockers,
    report_movement,
    waits_for,
)
from handlers import forms, update_forms
from handlers.command_words import account_to_record, confirmation, with_context, with_thread_reply
from handlers.edge.deps import Deps
from handlers.edge.incoming import Values, inputs_of, message_view, values_of
from handlers.edge.replies import NextView, Nothing, OpenModal, Reply, RunCommand, Say, View
from handlers.edge.request import ASKED_BLOCK, Request
from handlers.evidence import EVIDENCE_FORM
from handlers.subject import Subject
from handlers.update_forms import QUESTION, SKIP, Series, begin_series

# /move, /blocker and /next: updates in words; without words, the form.


async def move(request: Request, deps: Deps) -> Reply:
    """Record movement, that nothing moved, or a date that the account waits for, as the words say.

    Without words the form; for an unclear part of the words, a question about it or the form.
    """
    request, account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, MOVEMENT, account_id)
    try:
        waiting = read_waiting(rest, request.today, request.now)
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=WAITING)
    if waiting is not None:
        return await _wait(request, deps, account_id, waiting)
    try:
        return await _move(request, deps, account_id, read_move(rest, request.now))
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=MOVEMENT)


async def blocker(request: Request, deps: Deps) -> Reply:
    """Record a blocker, or that one is resolved; the form without words, a question or the form for unclear words."""
    request, account_id, rest = await _account_and_words(request, deps)
    if not rest:
        return await _form(request, deps, BLOCKER, account_id)
    try:
        words = read_blocker(rest, request.now)
        if isinstance(words, ResolvedWords):
            return await resolve(request, deps, account_id, words)
        try:
            recorded = await deps.write(request, updates.blocker_typed, request.author, account_id, words)
        except CannotOwn as error:
            raise UnclearPart(str(error), entered=words.entered | {"owner": ""}) from None
        return Say(await with_context(request, deps, recorded))
    except UnclearPart as error:
        return await forms.ask_about_part(request, deps, account_id, error, form=BLOCKER)


async def next_action(request: Request, deps: Deps) -> Reply:
    """Record a new next action, by default the asker's own and due at the next review, or what became of an open one.

    People who may record nothing can still settle or give away their own. Otherwise as `move`.
    """
    try:
        request, account_id, rest = await _account_and_words(request, deps, permission=Permission.NOMINATE)
    except Unclear:
        # people who may record nothing are refused, rather than asked which account they mean
        request.require(Permission.RECORD)
        raise
    if not (SETTLED.fullmatch(rest) or GIVE.fullmatch(rest)):
        request.require(Permission.RECORD)
    if not rest:
        return await _form(request, deps, NEXT_ACTION, account_id)
    try:
        words = read_next(rest, request.today, request.now)
        if isinstance(words, SettledWords):
            return await settle(request, deps, account_id, words)
        request.require(Permission.RECORD)
        return await _add_action(request, deps, account_id, words)
    except UnclearPart as error:
        error = await with_row(request, deps, account_id, error)
        return await forms.ask_about_part(request, deps, account_id, error, form=NEXT_ACTION)


async def _move(request: Request, deps: Deps, account_id: int, words: MoveWords) -> Reply:
    """Record the movement, or open the form for missing evidence. Raises UnclearPart for an impossible stage."""
    try:
        recorded = await deps.write(request, updates.move_typed, request.author, account_id, words)
        return Say(confirmation(request, deps, recorded))
    except NothingShows:
        # asked for in the form, which keeps what was typed
        origin = forms.origin_here(request, account_id)
        return await forms.open_form(request, deps, EVIDENCE_FORM, origin, prefilled={"evidence": words.text})
    except RecordedAlready:
        # a repeat has a question of its own
        raise
    except Refused as error:
        await deps.read(account_to_update, request.author, account_id)  # refuses where the account takes no updates
        if words.to_stage is None:
            raise
        without = WordChoice("Leave the stage out", words.news)
        raise UnclearPart(str(error), (without,), entered={"text": words.text}) from None


async def _add_action(request: Request, deps: Deps, account_id: int, words: ActionWords) -> Reply:
    """Record the next action. Raises UnclearPart for an owner who can own nothing."""
    author, here, today = request.author, request.channel_id, request.today
    try:
        recorded = await deps.write(
            request, updates.next_action, author, account_id, words, channel_id=here, today=today
        )
    except CannotOwn as error:
        raise UnclearPart(str(error), entered=words.entered | {"owner": ""}) from None
    return Say(await with_context(request, deps, recorded))


async def _wait(request: Request, deps: Deps, account_id: int, words: WaitWords) -> Reply:
    """Record the date; if the words are refused, open the form with them and the reason."""
    wanted, evidence = words.wanted, words.evidence
    try:
        recorded = await deps.write(request, updates.wait_typed, request.author, account_id, words)
        return Say(confirmation(request, deps, recorded))
    except FieldProblems as wrong:
        problems = wrong.fields
    origin = forms.origin_here(request, account_id, text=wanted.text)
    prefilled = {
        update_forms.PROBLEM: " ".join(problems.values()),
        "until": "" if "until" in problems else wanted.until.isoformat(),
        "evidence": "\n".join(each.url for each in evidence),
    }
    return await forms.open_form(request, deps, WAITING, origin, prefilled=prefilled)


async def _account_and_words(
    request: Request, deps: Deps, *, permission: Permission = Permission.RECORD
) -> tuple[Request, int, str]:
    """Return the request, the id of the account that its text begins with (0 without text), and the rest of the text.

    Words that were written in an account's thread carry a mark (`agendas.rules.threads.marked`): the request returned
    is then made of that reply (`thread_message`), so that what is recorded has the thread as its source.
    """
    request.require(permission)
    if not request.text:
        return request, 0, ""
    account_id, words = await account_to_record(request, deps)
    ts, thread_ts, rest = take_mark(words)
    return (await with_thread_reply(request, deps, ts, thread_ts) if ts else request), account_id, rest


async def _form(request: Request, deps: Deps, form: forms.AccountForm, account_id: int) -> Reply:
    """The form about the account; without one, the form that asks for it first."""
    origin = forms.origin_here(request, account_id)
    if not account_id:
        of_channel = await deps.read(account_of_message, request.workspace_id, "", channel_id=request.channel_id)
        return OpenModal(forms.build(origin, kind=form.frame.callback_id, account=of_channel))
    return await forms.open_form(request, deps, form, origin)


# Open actions and blockers settled in words: done, slipped, dropped, resolved; asked where several may be meant.

MOST_OFFERED = 12
"""Open actions or blockers offered, those of the asker first; the card has all of them."""


async def require_to_settle(request: Request, deps: Deps, account_id: int, number: int) -> None:
    """Raise NotAllowed unless the person may record, or is a viewer for whom the item of event `number` waits."""
    if may(request.person, Permission.RECORD):
        return
    if may(request.person, Permission.NOMINATE) and await deps.read(waits_for, request.author, account_id, number):
        return
    request.require(Permission.RECORD)


async def settle(request: Request, deps: Deps, account_id: int, words: SettledWords) -> Reply:
    """Record what became of the one open action, or ask which one is meant.

    Raises:
        UnclearPart: for a date that is not later than the one it had.
        AlreadySettled: when the action that was chosen is not open any more.
        NotAllowed: for an action that is not the person's, who may record nothing else.
    """
    own_alone = not may(request.person, Permission.RECORD)
    if words.action_id is not None:
        await require_to_settle(request, deps, account_id, words.action_id)
    try:
        recorded = await deps.write(
            request, updates.settle_typed, request.author, account_id, words, own_alone=own_alone
        )
    except updates.WhichAction as error:
        label = _label_for(request, deps, words)
        return await _ask_which(request, deps, account_id, words, error, error.actions, label=label, form=NEXT_ACTION)
    except Refused as error:
        # only a new date can be put right; a repeat has a question of its own
        if words.change is not ActionUpdate.SLIPPED or isinstance(error, RecordedAlready):
            raise
        chosen = str(words.action_id or "")
        entered = {"text": words.text, "was": words.change.value, "why": words.text, "action": chosen}
        raise UnclearPart(str(error), as_text=words.as_text, entered=entered) from None
    return Say(confirmation(request, deps, recorded))


async def resolve(request: Request, deps: Deps, account_id: int, words: ResolvedWords) -> Reply:
    """Record that the one open blocker is resolved, or ask which one.

    Raises AlreadySettled when the blocker that was chosen is not open any more.
    """
    try:
        recorded = await deps.write(request, updates.resolve_typed, request.author, account_id, words)
    except updates.WhichBlocker as error:
        label = deps.words.label("blocker.resolve")
        return await _ask_which(request, deps, account_id, words, error, error.blockers, label=label, form=BLOCKER)
    return Say(confirmation(request, deps, recorded))


async def with_row(request: Request, deps: Deps, account_id: int, error: UnclearPart) -> UnclearPart:
    """The question, with `was` and `why` moved to the form's row of the chosen or only action, or else dropped."""
    state, why, chosen = (error.entered.pop(name, "") for name in ("was", "why", "action"))
    if not state:
        return error
    actions = (await deps.read(account_to_update, request.author, account_id)).open_actions
    meant = [each.id for each in actions if chosen in ("", str(each.id))]
    if len(meant) == 1 and len(why) <= update_forms.REASON_CHARACTERS:
        error.entered = {f"{update_forms.STATE}/{meant[0]}": state, f"{update_forms.WHY}/{meant[0]}": why}
    return error


async def _ask_which(
    request: Request,
    deps: Deps,
    account_id: int,
    words: SettledWords | ResolvedWords,
    error: Exception,
    things: Sequence[NextAction | Blocker],
    *,
    label: str,
    form: forms.AccountForm,
) -> Reply:
    """Ask which of several actions or blockers is meant: a button `label` each, or `form` for words too long."""
    question = forms.question_about(request, account_id, _offered(str(error), len(things)))
    question = replace(question, as_text=words.as_text, entered={"text": words.text})
    offered = [(each, words.about(each.id)) for each in things[:MOST_OFFERED]]
    zone = request.person.time_zone
    page = which_page(question, offered, deps.words, label=label, today=request.today, zone=zone)
    return await forms.page_or_form(request, deps, question, page, form=form)


def _label_for(request: Request, deps: Deps, words: SettledWords) -> str:
    """The label of a button that settles one open action as the words say: done, given away, moved or dropped."""
    if words.due_on is not None:
        return f"Move to {weekday_text(words.due_on, request.today)}"
    labels = {ActionUpdate.DONE: "action.done", ActionUpdate.GIVEN: "action.give"}
    return deps.words.label(labels.get(words.change, "action.drop"))


def _offered(sentence: str, count: int) -> str:
    """The sentence, which also says so where only the first of `count` items are offered."""
    return f"{sentence} These are the first {MOST_OFFERED}; the card has all." if count > MOST_OFFERED else sentence


# Submissions of the forms for movement, blockers, next actions, customers' dates and decisions.


async def movement(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    entry = update_forms.read_movement_form(request.view, request.now)
    return await forms.submit(request, deps, report_movement, entry)


async def blockers(request: Request, deps: Deps) -> Reply:
    """Record the state of the open blockers, and a new one."""
    request.require(Permission.RECORD)
    report = update_forms.read_blocker_form(request.view, request.now)
    return await forms.submit(request, deps, report_blockers, report)


async def next_actions(request: Request, deps: Deps) -> Reply:
    """Record the state of the open actions, and a new one; or show the form with the fields that it still lacks."""
    request.require(Permission.RECORD)
    try:
        report = update_forms.read_next_action_form(request.view, request.today)
    except FieldProblems as wrong:
        if set(wrong.fields) <= forms.fields_of(request.view):
            raise
        # the form has no field yet at which the problem could be shown
        return NextView(update_forms.redraw(request.view, values_of(request.view), note=str(wrong)))
    return await forms.submit(request, deps, report_actions, report)


async def customers_date(request: Request, deps: Deps) -> Reply:
    request.require(Permission.RECORD)
    wanted, pieces = update_forms.read_waiting_form(request.view, request.now)
    return await forms.submit(request, deps, updates.wait_for, wanted, evidence=pieces)


async def decision(request: Request, deps: Deps) -> Reply:
    """Record the decision; or show the form with the fields of that decision that it still lacks."""
    request.require(Permission.DECIDE)
    account_id = forms.origin_of(request.view).account_id
    account = await deps.read(updates.account_to_update, request.author, account_id)
    try:
        decided = update_forms.read_decision_form(request.view, account, request.today)
    except FieldProblems as wrong:
        if set(wrong.fields) <= forms.fields_of(request.view):
            raise
        # the form has no field yet at which the problem could be shown
        return NextView(await _with_decision_fields(request, deps, note=str(wrong)))
    return await forms.submit(request, deps, closing_decide, decided)


async def decision_changed(request: Request, deps: Deps) -> Reply:
    """The open form with the fields of the decision chosen now; nothing without a form."""
    return NextView(await _with_decision_fields(request, deps)) if request.view else Nothing()


async def _with_decision_fields(request: Request, deps: Deps, *, note: str = "") -> View:
    """The form with the fields that the chosen decision needs, under the note if there is one."""
    try:
        facts = await deps.read(
            forms.account_facts, request, update_forms.DECISION_FRAME, forms.origin_of(request.view)
        )
        suggested = update_forms.suggestions(facts)
    except (Refused, Outdated):
        # the refusal is shown when the decision is submitted
        suggested = {}
    return forms.redrawn(request.view, update_forms.with_chosen(request.view, suggested), escape(note))


MOVEMENT = forms.AccountForm(update_forms.MOVEMENT_FRAME, movement, update_forms.build_movement_form)
BLOCKER = forms.AccountForm(update_forms.BLOCKER_FRAME, blockers, update_forms.build_blocker_form)
NEXT_ACTION = forms.AccountForm(update_forms.NEXT_ACTION_FRAME, next_actions, update_forms.build_next_action_form)
WAITING = forms.AccountForm(update_forms.WAITING_FRAME, customers_date, update_forms.build_waiting_form)
DECISION = forms.AccountForm(update_forms.DECISION_FRAME, decision, update_forms.build_decision_form)


# Buttons of agendas and cards that record or open a form, and Undo.


async def decide(request: Request, deps: Deps) -> Reply:
    """The form of a decision, with the one that fits filled in."""
    request.require(Permission.DECIDE)
    origin, zone = await forms.of_item(request, deps), request.person.time_zone
    placed = await deps.read(reads.placed, request.workspace_id, origin.account_id, now=request.now, zone=zone)
    fits = fitting_decision(placed)
    item = await deps.read(review_item, request.workspace_id, request.number, now=request.now)
    prefilled = {"decision": fits.kind.value, "tier": str(fits.tier or ""), QUESTION: _question_of(item, deps)}
    return await forms.open_form(request, deps, DECISION, origin, prefilled=prefilled)


def _question_of(item: AgendaItem, deps: Deps) -> str:
    """The question that the agenda asks as mrkdwn, or ''."""
    question = question_asked(item)
    return deps.words.say("agenda.question_in_form", said=question_text(question, item, deps.words)) if question else ""


async def no_change(request: Request, deps: Deps) -> Reply:
    """Record with one tap that nothing moved. Raises Refused if the person said so last and nothing happened since."""
    request.require(Permission.RECORD)

    def say_so(session: Session) -> None:
        """Record it for the account of the review item that the button carries, and queue the confirmation."""
        account_id = account_of_item(session, request.workspace_id, request.number)
        recorded = updates.say_nothing_moved(session, request.author, account_id)
        confirm(session, request.author, [recorded], channel_id=request.channel_id, place=request.place)

    await deps.write(request, say_so)
    return Nothing()


async def undo(request: Request, deps: Deps) -> Reply:
    """Take the event back; a receipt of this event alone is replaced by the answer, any other stays above it.

    An event that is too old to be taken back is answered with the way to correct it.
    Open to everybody who may record anything at all, such as scores: only the author of an event can take it back.
    """
    request.require(Permission.NOMINATE)
    event_id, is_alone = read_event(request.value)
    try:
        recorded = await deps.write(request, take_back, request.author, event_id)
    except TooLate as late:
        return Say(too_late_page(str(late), late.account_id, late.event_id, deps.words))
    facts = RecordedFacts(recorded.event, recorded.before, recorded.after)
    return Say(undone_page(facts, deps.words), replace=is_alone)


# Update: everything about one account in one form, and the forms of all my accounts one after the other.

LABEL_CHARACTERS = 80
CLOSED = "It is closed already."


async def start(request: Request, deps: Deps) -> Reply:
    """The forms, in turn, of all own or partnered accounts, or of those in the button's review; else a sentence."""
    request.require(Permission.RECORD)
    zone, review_id = request.person.time_zone, request.number if request.value else 0
    mine = await deps.read(
        reads.own_by_need, request.workspace_id, request.person.user_id, now=request.now, zone=zone, review_id=review_id
    )
    if not mine:
        return Say(sentence_page(deps.words.say("answers.no_updates", in_review=bool(review_id))))
    return await start_with(request, deps, mine)


async def start_with(request: Request, deps: Deps, mine: tuple[int, ...]) -> Reply:
    """The forms of these accounts, one after the other; there is one at least."""
    origin, series = forms.origin_here(request, place=request.place), begin_series(mine)
    cut = f"The {series.total} of your {len(mine)} accounts that need it most." if series.total < len(mine) else ""
    return OpenModal(await _following(request, deps, origin, series, note=cut))


async def skip(request: Request, deps: Deps) -> Reply:
    """The next account's form, or the closing page after the last; what was typed into this one is kept as a draft."""
    if not request.view:
        return Nothing()
    await forms.keep(request, deps, update_forms.UPDATE_FRAME.keeps)
    origin = forms.origin_of(request.view)
    # an empty series where the form belongs to none: what follows is then the closing page
    series = Series.of(origin.series) or begin_series(())
    # unguarded, because a choice made meanwhile may give the form a new version: its texts are in the draft anyway
    return NextView(await _following(request, deps, origin, series), is_guarded=False)


async def redraw_for_choice(request: Request, deps: Deps) -> Reply:
    """The form with the fields that the chosen states need, refilled from the draft; nothing if they are the same."""
    if not request.view:
        return Nothing()
    view, callback_id = request.view, str(request.view.get("callback_id"))
    await forms.keep(request, deps, update_forms.KEPT)
    draft = await forms.kept_draft(request, deps, callback_id, forms.origin_of(view).account_id)
    is_action_form = callback_id == update_forms.NEXT_ACTION_FRAME.callback_id
    frame = update_forms.NEXT_ACTION_FRAME if is_action_form else update_forms.UPDATE_FRAME
    # closed accounts too: an account that left the list meanwhile is refused when the form is submitted
    facts = await deps.read(forms.account_facts, request, frame, forms.origin_of(view), closed_too=True)
    later = update_forms.later_days(facts.account.open_actions, facts.due_on, request.today)
    drawn = update_forms.redraw(view, draft, later=later)
    # each redrawing gives the form a new version, and a redrawing for a choice made in an older one is dropped
    return Nothing() if drawn["blocks"] == view["blocks"] else NextView(drawn)


async def updated(request: Request, deps: Deps) -> Reply:
    """Record everything entered, in one transaction, then show the next form of the series, if there is one.

    A page of open actions before the last only turns to the next one. If somebody closed items of it meanwhile, nothing
    is recorded yet, and the form comes back without their rows.
    """
    request.require(Permission.RECORD)
    view, origin = request.view, forms.origin_of(request.view)
    before = await _chosen_before(request, deps, origin)
    try:
        report = update_forms.read_update_form(view, before, request.today, request.now)
    except FieldProblems as wrong:
        if set(wrong.fields) <= forms.fields_of(view):
            raise
        # two choices at once left one of them without its fields
        return NextView(update_forms.redraw(view, values_of(view), note=str(wrong)))
    if not update_forms.is_last_page(view):
        return await _next_page(request, deps)

    def verb(session: Session, author: Author, account_id: int) -> list[Recorded]:
        """Record the report. Raises FieldProblems by the names of this account's fields."""
        try:
            return report_account(session, author, account_id, report)
        except FieldProblems as wrong:
            raise update_forms.problems_of_account(wrong, account_id) from None

    try:
        done, series = await forms.submit(request, deps, verb), Series.of(origin.series)
    except ClosedMeanwhile as closed:
        return await _without(request, deps, closed.numbers)
    return NextView(await _following(request, deps, origin, series)) if series and series.rest else done


async def _next_page(request: Request, deps: Deps) -> Reply:
    """The page of open actions after this one, which keeps what was chosen here."""
    view, origin = request.view, forms.origin_of(request.view)
    account = await deps.read(updates.account_to_update, request.author, origin.account_id)
    await forms.keep(request, deps, update_forms.KEPT)
    return NextView(await _form_about(request, deps, replace(origin, page=update_forms.next_page(view, account))))


async def _following(request: Request, deps: Deps, origin: forms.Origin, series: Series, *, note: str = "") -> View:
    """The form for the next account that takes updates, below why others are passed over; or a closing page."""
    lines = [note] if note else []
    for account_id in series.rest:
        after = series.after(account_id)
        try:
            following = replace(origin, account_id=account_id, series=after.written, page="")
            view = await _form_about(request, deps, following)
        except (Refused, Outdated) as gone:
            lines.append(f"Passed over: {gone}")
            continue
        return view | {"blocks": [*(forms.small(escape(each)) for each in lines), *view["blocks"]]}
    return message_view(sentence_page(" ".join([*map(escape, lines), deps.words.say("answers.last_update")])))


async def _form_about(request: Request, deps: Deps, origin: forms.Origin) -> View:
    """The form about the account of `origin`; in a series, with the account's present state in its head.

    Raises Refused or Outdated when the account takes no updates or, in a series, has left the list.
    """
    facts = await deps.read(
        # in a series closed accounts too: the sentence below says how the account left the list
        forms.account_facts,
        request,
        update_forms.UPDATE_FRAME,
        origin,
        closed_too=bool(origin.series),
    )
    account = facts.account
    if origin.series and account.has_left_list:
        how = {ListStatus.PAUSED: "paused", **LEFT}[account.list_status]
        raise Refused(f"{account.name} was {how}.")
    if origin.series:
        zone = request.person.time_zone
        item = await deps.read(reads.placed, request.workspace_id, account.account_id, now=request.now, zone=zone)
        facts = replace(facts, state=deps.words.say("review.standing", item=item, deal=furthest_deal(account)))
    view = update_forms.build_update_form(facts)
    return forms.with_note(view) if forms.fields_of(view) & facts.draft.keys() else view


async def _chosen_before(request: Request, deps: Deps, origin: forms.Origin) -> Values:
    """The choices made for actions on earlier pages of the form, from its draft; nothing on the first page."""
    if not origin.page:
        return {}
    draft = await forms.kept_draft(request, deps, update_forms.UPDATE_FRAME.callback_id, origin.account_id)
    return {name: value for name, value in draft.items() if name.split("/", 1)[0] in update_forms.KEPT}


async def _without(request: Request, deps: Deps, closed: Collection[int]) -> Reply:
    """The form without the rows of items closed meanwhile, named with who closed them; all else as entered."""
    view, account_id = request.view, forms.origin_of(request.view).account_id
    closed_fields = {f"{part}/{item_id}" for part in update_forms.MANY for item_id in closed}

    def settled(session: Session) -> list[str]:
        """A line for each closed item: its label in the form, and who closed it."""
        who_closed = partial(already_settled, session, request.author, account_id, otherwise=CLOSED)
        return [f"{_update_label(view, item_id)}: {who_closed([item_id])}" for item_id in closed]

    lines = [*await deps.read(settled), "The rest is as you entered it."]
    draft = forms.draft_name(update_forms.UPDATE_FRAME.callback_id, account_id)
    await deps.note(forget_fields, request.author, draft, closed_fields.__contains__)
    remaining = [block for block in view["blocks"] if block.get("block_id") not in closed_fields]
    return NextView(forms.redrawn(view, remaining, escape(" ".join(lines))))


def _update_label(view: View, item_id: int) -> str:
    """The label of the row of the action or blocker with this id; a general label for a row of another page."""
    names = (f"{update_forms.STATE}/{item_id}", f"{update_forms.BLOCKER_STATE}/{item_id}")
    found = (str(block["label"]["text"]) for block in inputs_of(view) if block["block_id"] in names)
    return next(found, "A row on a page before")[:LABEL_CHARACTERS]


UPDATE = forms.AccountForm(update_forms.UPDATE_FRAME, updated, update_forms.build_update_form)


# Repeats within ten minutes: the question in a message or in the form, and its two answers.


async def repeat_command(request: Request, _deps: Deps) -> Reply:
    """Run the command that the button carries, to record the same a second time: `/move Acme ...`."""
    command, _, text = request.value.partition(" ")
    return RunCommand(command, text, key=request.question_key, is_repeat=True)


async def keep_recorded(request: Request, deps: Deps) -> Reply:
    """Replace the question by the receipt of the entry recorded before, with Undo."""
    request.require(Permission.RECORD)
    kind, row_id = read_what(request.value)
    if kind == "signal":
        await deps.write(request, note_shown, request.author, signal_id=row_id)
        found = await deps.read(noted_signal, request.workspace_id, row_id)
        return Say(signal_noted_page(found, deps.words), replace=True)
    await deps.write(request, note_shown, request.author, event_id=row_id)
    facts = await deps.read(lambda session: recorded_facts(session, get_event(session, request.workspace_id, row_id)))
    facts = replace(facts, zone=request.person.time_zone)
    return Say(recorded_page(facts, deps.words), replace=True)


def asked_in_form(error: RecordedAlready, view: View, words: Words) -> View:
    """Return the form with what was entered, the question above it, and a button that records it all the same."""
    others = [block for block in view["blocks"] if block.get("block_id") != ASKED_BLOCK]
    asked = forms.small(recorded_already_line(error, words, is_form=True), ASKED_BLOCK)
    again = {"type": "plain_text", "text": words.raw("buttons.record_again")}
    return forms.redrawn(view, [asked, *others]) | {"submit": again}


REPEATS = Subject(
    buttons={AGAIN: repeat_command, ANOTHER: repeat_command, ONE: keep_recorded},
    forms_instead={RecordedAlready: asked_in_form, OpenAlready: asked_in_form},
)


UPDATES = Subject(
    commands={"/move": move, "/blocker": blocker, "/next": next_action},
    buttons={
        "agenda.move": partial(forms.open_on_agenda, form=MOVEMENT),
        "agenda.blocker": partial(forms.open_on_agenda, form=BLOCKER),
        "agenda.next": partial(forms.open_on_agenda, form=NEXT_ACTION),
        "agenda.waiting": partial(forms.open_on_agenda, form=WAITING),
        "agenda.update": partial(forms.open_on_agenda, form=UPDATE),
        "agenda.decide": decide,
        update_forms.DECISION_CHANGED: decision_changed,
        "agenda.no_change": no_change,
        "account.update": partial(forms.open_about, form=UPDATE),
        "updates.start": start,
        SKIP: skip,
        update_forms.CHANGED: redraw_for_choice,
        "account.move": partial(forms.open_about, form=MOVEMENT),
        "account.blocker": partial(forms.open_about, form=BLOCKER),
        "account.next": partial(forms.open_about, form=NEXT_ACTION),
        "account.waiting": partial(forms.open_about, form=WAITING),
        **{
            f"{FILL}/{form.frame.callback_id}": partial(forms.fill_in, form=form)
            for form in (MOVEMENT, BLOCKER, NEXT_ACTION, WAITING)
        },
        "undo": undo,
    },
    forms=(UPDATE, MOVEMENT, BLOCKER, NEXT_ACTION, WAITING, DECISION),
)
