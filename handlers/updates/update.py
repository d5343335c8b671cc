"""Update: everything about one account in one form, and the forms of all my accounts one after the other."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.account import ListStatus
from agendas.facts.people import Author
from agendas.rendering.mrkdwn import escape
from agendas.rendering.notice import said
from agendas.rules.access.rights import Deed
from agendas.rules.deals.stalled import furthest_deal
from agendas.verbs.drafts.keep import forget_fields
from agendas.verbs.reads import accounts
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates
from agendas.verbs.updates.open_accounts import LEFT
from agendas.verbs.updates.report import ClosedMeanwhile, report_account
from agendas.verbs.updates.settled import already_settled
from handlers.edge.deps import Deps
from handlers.edge.page_views import message_view
from handlers.edge.replies import NextView, Nothing, OpenModal, Reply, Say, View
from handlers.edge.request import Request
from handlers.edge.views import Values, inputs_of, values_of
from handlers.forms.drafts import draft_name, keep, with_note
from handlers.forms.fields import small
from handlers.forms.form import AccountForm
from handlers.forms.opening import account_facts, kept_draft
from handlers.forms.origin import Origin, origin_of
from handlers.forms.redrawing import fields_of, redrawn
from handlers.forms.submitting import submit
from handlers.updates import blocker_form, next_action_form, promises, update_form
from handlers.updates.series import Series, begin

LABEL_CHARACTERS = 80
CLOSED = "It is closed already."


async def start(request: Request, deps: Deps) -> Reply:
    """The forms of all accounts that the person owns or partners, or of those in the review that the button names."""
    request.require(Deed.RECORD)
    zone, review_id = request.person.time_zone, request.number if request.value else 0
    mine = await deps.read(
        accounts.own_by_need,
        request.workspace_id,
        request.person.user_id,
        now=request.now,
        zone=zone,
        review_id=review_id,
    )
    if not mine:
        return Say(said(deps.words.say("answers.no_updates", in_review=bool(review_id))))
    return await start_with(request, deps, mine)


async def start_with(request: Request, deps: Deps, mine: tuple[int, ...]) -> Reply:
    """The forms of these accounts, one after the other; there is one at least."""
    origin, series = Origin(channel_id=request.channel_id, place=request.place), begin(mine)
    cut = f"The {series.total} of your {len(mine)} accounts that need it most." if series.total < len(mine) else ""
    return OpenModal(await _following(request, deps, origin, series, told=cut))


async def skip(request: Request, deps: Deps) -> Reply:
    """The next account's form; what was typed into this one is kept as a draft."""
    if not request.view:
        return Nothing()
    await keep(request, deps, update_form.FRAME.keeps)
    origin = origin_of(request.view)
    return NextView(await _following(request, deps, origin, Series.of(origin.series) or begin(())), is_guarded=False)


async def changed(request: Request, deps: Deps) -> Reply:
    """The form with the fields that the states chosen ask for; a reason typed before comes back."""
    if not request.view:
        return Nothing()
    view, callback_id = request.view, str(request.view.get("callback_id"))
    await keep(request, deps, promises.KEPT)
    draft = await kept_draft(request, deps, callback_id, origin_of(view).account_id)
    is_action_form = callback_id == next_action_form.FRAME.callback_id
    frame = next_action_form.FRAME if is_action_form else update_form.FRAME
    facts = await deps.read(account_facts, request, frame, origin_of(view), closed_too=True)
    later = promises.later_days(facts.account.open_actions, facts.due_on, request.today)
    drawn = promises.redraw(view, draft, later=later)
    # a form that needs no other fields is left alone, so that the next choice meets the version that it was made in
    return Nothing() if drawn["blocks"] == view["blocks"] else NextView(drawn)


async def updated(request: Request, deps: Deps) -> Reply:
    """Record everything entered, in one transaction; or turn to the next page of open actions."""
    request.require(Deed.RECORD)
    view, origin = request.view, origin_of(request.view)
    before = await _chosen_before(request, deps, origin)
    try:
        report = update_form.read(view, before, request.today, request.now)
    except FieldProblems as wrong:
        if set(wrong.fields) <= fields_of(view):
            raise
        # two choices at once left one of them without its fields
        return NextView(promises.redraw(view, values_of(view), told=str(wrong)))
    if not update_form.is_last_page(view):
        return await _next_page(request, deps)

    def verb(session: Session, author: Author, origin: Origin) -> list[Recorded]:
        try:
            return report_account(session, author, origin.account_id, report)
        except FieldProblems as wrong:
            raise update_form.beside(wrong, origin.account_id) from None

    try:
        done, series = await submit(request, deps, verb), Series.of(origin.series)
    except ClosedMeanwhile as closed:
        return await _without(request, deps, closed.numbers)
    return NextView(await _following(request, deps, origin, series)) if series and series.rest else done


async def _next_page(request: Request, deps: Deps) -> Reply:
    """The page of open actions after this one, which keeps what was chosen here."""
    view, origin = request.view, origin_of(request.view)
    account = await deps.read(updates.account_to_update, request.author, origin.account_id)
    await keep(request, deps, promises.KEPT)
    return NextView(await _view(request, deps, replace(origin, page=update_form.next_page(view, account))))


async def _following(request: Request, deps: Deps, origin: Origin, series: Series, *, told: str = "") -> View:
    """The form of the next account of the series, below what is `told`; a page that says so where none is left."""
    lines = [told] if told else []
    for account_id in series.rest:
        after = series.after(account_id)
        try:
            view = await _view(request, deps, replace(origin, account_id=account_id, series=after.written, page=""))
        except (Refused, Outdated) as gone:
            lines.append(f"Passed over: {gone}")
            continue
        return view | {"blocks": [*(small(escape(each)) for each in lines), *view["blocks"]]}
    return message_view(said(" ".join([*map(escape, lines), deps.words.say("answers.last_update")])))


async def _view(request: Request, deps: Deps, origin: Origin) -> View:
    """The form about the account of `origin`. Raises Refused, Outdated when it takes no updates or left a series."""
    facts = await deps.read(account_facts, request, update_form.FRAME, origin, closed_too=bool(origin.series))
    account = facts.account
    if origin.series and account.has_left_list:
        how = {ListStatus.PAUSED: "paused", **LEFT}[account.list_status]
        raise Refused(f"{account.name} was {how}.")
    if origin.series:
        zone = request.person.time_zone
        item = await deps.read(accounts.placed, request.workspace_id, account.account_id, now=request.now, zone=zone)
        facts = replace(facts, state=deps.words.say("review.standing", item=item, deal=furthest_deal(account)))
    view = update_form.build(facts)
    return with_note(view) if fields_of(view) & facts.draft.keys() else view


async def _chosen_before(request: Request, deps: Deps, origin: Origin) -> Values:
    """The choices of the pages before this one."""
    if not origin.page:
        return {}
    draft = await kept_draft(request, deps, update_form.FRAME.callback_id, origin.account_id)
    return {name: value for name, value in draft.items() if name.split("/", 1)[0] in promises.KEPT}


async def _without(request: Request, deps: Deps, closed: Collection[int]) -> Reply:
    """The form without the rows of what somebody closed meanwhile; everything else stays as it was entered."""
    view, account_id = request.view, origin_of(request.view).account_id
    gone = {f"{part}/{number}" for part in update_form.MANY for number in closed}

    def settled(session: Session) -> list[str]:
        asked = partial(already_settled, session, request.author, account_id, otherwise=CLOSED)
        return [f"{_label(view, number)}: {asked([number])}" for number in closed]

    told = [*await deps.read(settled), "The rest is as you entered it."]
    draft = draft_name(update_form.FRAME.callback_id, account_id)
    await deps.note(forget_fields, request.author, draft, gone.__contains__)
    left = [block for block in view["blocks"] if block.get("block_id") not in gone]
    return NextView(redrawn(view, left, escape(" ".join(told))))


def _label(view: View, number: int) -> str:
    """The words of the row of an action or blocker; of one on another page only that it was one."""
    names = (f"{promises.STATE}/{number}", f"{blocker_form.STATE}/{number}")
    found = (str(block["label"]["text"]) for block in inputs_of(view) if block["block_id"] in names)
    return next(found, "A row on a page before")[:LABEL_CHARACTERS]


UPDATE = AccountForm(update_form.FRAME, updated, update_form.build)
