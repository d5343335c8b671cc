"""Fit: scores of the criteria, and the changes of the list that a fit proposes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, Outdated, Refused
from agendas.facts.fit import Criterion, CriterionScore, WaitingAccount
from agendas.facts.people import Function
from agendas.pages.fit import fit_page
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import Page, notice, sentence_page
from agendas.rendering.words import shortened
from agendas.rules.access import Permission, may
from agendas.rules.fit import HIGHEST, LOWEST, criteria_of_all
from agendas.verbs import reads
from agendas.verbs.account_list import ListWord
from agendas.verbs.card import account_fit
from agendas.verbs.drafts import forget_fields
from agendas.verbs.fit import EnteredScores, ask_for_scores, record_scores, stop_asking
from agendas.verbs.letters import confirm
from agendas.verbs.reads import functions_to_score
from handlers import forms
from handlers.account_list import CHANGE
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, message_view, values_of
from handlers.edge.replies import Close, NextView, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.subject import Subject

# The form of scores: for each account that waits, the criteria of the person's functions with a line of reason.

FRAME = forms.Frame("fit", "Score accounts", "Record", keeps=("score", "because"))

REASON_CHARACTERS = 500
SHOWN_CHARACTERS = 300
NAME_CHARACTERS = 120

BLOCKS = 98
"""A form takes 100; one is for a note about a draft, one for what was not recorded."""

ASKED: dict[Criterion, tuple[str, str, str]] = {
    Criterion.ACV: ("Contract value a year", "below our floor", "at least twice the target ACV"),
    Criterion.EXPANSION: ("Expansion potential", "none", "several products or units, named"),
    Criterion.URGENCY: ("Urgency", "no trigger", "a dated compelling event, with evidence"),
    Criterion.SALES_MOTION: ("Sales motion", "we cannot sell there", "a proven motion, and a named path in"),
    Criterion.IMPLEMENTATION_FIT: (
        "Implementation fit",
        "we cannot serve them",
        "a reference customer in the same case",
    ),
    Criterion.STRATEGIC_VALUE: ("Strategic value", "none", "opens a segment, or gives us the proof"),
}
"""Each criterion as it is asked, with the meanings of the lowest and the highest score."""


def accounts_in_form(functions: Sequence[Function]) -> int:
    """The number of accounts that one form holds: each takes a line, and two fields per criterion, of one at least."""
    return BLOCKS // (1 + 2 * max(1, len(criteria_of_all(functions))))


def build(
    accounts: Sequence[WaitingAccount], functions: Sequence[Function], origin: forms.Origin, draft: Values
) -> View:
    """The form for as many of these accounts as fit, filled with earlier scores or a draft."""
    blocks = [
        block
        for account in accounts[: accounts_in_form(functions)]
        for block in _account_fields(account, criteria_of_all(functions), draft)
    ]
    return forms.form(FRAME, origin, blocks)


def read(view: dict[str, Any], functions: Sequence[Function]) -> dict[int, EnteredScores]:
    """The scores entered, by account id.

    Raises FieldProblems for a score without reason or a reason without score, for one that is not offered, and for a
    criterion that is not asked of these functions.
    """
    entered = values_of(view)
    problems: dict[str, str] = {}
    scores: dict[int, list[CriterionScore]] = {}
    cleared: dict[int, set[Criterion]] = {}
    for name in entered:
        kind, _, suffix = name.partition("/")
        if kind == "score":
            account_id, criterion = _read_suffix(suffix)
            chosen, because = entered[name], entered.get(f"because/{suffix}", "").strip()
            problem = _problem(chosen, because, is_asked=criterion in criteria_of_all(functions))
            if problem:
                problems[f"{problem[0]}/{suffix}"] = problem[1]
            elif chosen:
                scores.setdefault(account_id, []).append(CriterionScore(criterion, int(chosen), because))
            else:
                cleared.setdefault(account_id, set()).add(criterion)
    if problems:
        raise FieldProblems(problems)
    return {
        account_id: EnteredScores(tuple(scores.get(account_id, ())), frozenset(cleared.get(account_id, ())))
        for account_id in sorted({*scores, *cleared})
    }


def nothing_scored(view: dict[str, Any]) -> FieldProblems:
    """The problem at the first field of a form without any score. Raises Outdated for a form without such fields."""
    return FieldProblems({_first_score(values_of(view)): "Score one criterion at least, with its reason."})


def accounts_in(view: dict[str, Any]) -> set[int]:
    """The ids of the accounts that the form is about."""
    names = (name.partition("/") for name in values_of(view))
    return {_read_suffix(suffix)[0] for kind, _, suffix in names if kind == "score"}


def _account_fields(account: WaitingAccount, criteria: Sequence[Criterion], draft: Values) -> Iterator[Field]:
    """The fields of one account: its line, then a score and a reason for each criterion, as drafted or before."""
    because = f"\n{shortened(account.because, SHOWN_CHARACTERS)}" if account.because else ""
    yield forms.line(f"*{escape(account.name[:NAME_CHARACTERS])}*{because}")
    earlier = {each.criterion: each for each in account.scores}
    for criterion in criteria:
        suffix = f"{account.account_id}/{criterion}"
        asked, lowest, highest = ASKED[criterion]
        before = earlier.get(criterion)
        yield forms.select(
            f"score/{suffix}",
            asked,
            [(_score_label(points, lowest, highest), str(points)) for points in range(LOWEST, HIGHEST + 1)],
            initial=draft.get(f"score/{suffix}", str(before.score) if before else ""),
            optional=True,
        )
        yield forms.text(
            f"because/{suffix}",
            f"{asked}: why",
            initial=draft.get(f"because/{suffix}", before.because if before else ""),
            optional=True,
            most=REASON_CHARACTERS,
        )


def _score_label(points: int, lowest: str, highest: str) -> str:
    meaning = {LOWEST: f": {lowest}", HIGHEST: f": {highest}"}
    return f"{points}{meaning.get(points, '')}"


def _read_suffix(suffix: str) -> tuple[int, Criterion]:
    """The account and the criterion that a field's name ends with: `ID/CRITERION`. Raises Outdated for others."""
    account_id, _, criterion = suffix.partition("/")
    try:
        return number_in(account_id), Criterion(criterion)
    except ValueError:
        raise Outdated(OTHER_VERSION) from None


def _first_score(entered: Values) -> str:
    """The first field for a score. Raises Outdated for a form that has none."""
    for name in entered:
        if name.startswith("score/"):
            return name
    raise Outdated(OTHER_VERSION)


def _problem(chosen: str, because: str, *, is_asked: bool) -> tuple[str, str] | None:
    """The field of the two that is wrong, and why; None when neither is, also when both are empty."""
    if not chosen:
        return ("score", "Choose a score for this reason, or clear the reason.") if because else None
    if chosen not in map(str, range(LOWEST, HIGHEST + 1)):
        return "score", forms.NOT_OFFERED
    if not because:
        return "because", "Give the reason in a line: it is shown with the score."
    return None if is_asked else ("score", "This is not asked of your function any more. Open the form again.")


# /account ACCOUNT fit.


async def fit(request: Request, deps: Deps, account_id: int, *, note: str = "") -> Page:
    """The account's fit by criterion, with buttons for what the person may do; `note` says what was just done."""
    zone = request.person.time_zone
    facts = await deps.read(account_fit, request.workspace_id, account_id, now=request.now, zone=zone)
    can_score = may(request.person, Permission.NOMINATE) and request.person.function is not None
    can_decide = may(request.person, Permission.DECIDE)
    return fit_page(facts, deps.words, can_decide=can_decide, can_score=can_score, note=note)


# Submission of the form of scores.

NO_FUNCTION = (
    "You have no function, so no score is asked of you. An admin gives you one with /abm people @you FUNCTION RIGHT."
)
DRAFT = forms.draft_name(FRAME.callback_id)
"""One draft for all accounts: its fields carry their ids."""


async def scored(request: Request, deps: Deps) -> Reply:
    """Record the scores; then show the form for the accounts that did not fit into this one, if there are any.

    A score whose fields were emptied is withdrawn. An account that left the list meanwhile is refused in a sentence,
    and the others are recorded; when all of them left it, nothing is.
    """
    request.require(Permission.NOMINATE)
    functions = await functions_of(request, deps)
    author, origin, if_nothing = request.author, forms.origin_of(request.view), nothing_scored(request.view)
    entered = read(request.view, functions)
    scored_ids = {str(account_id) for account_id in accounts_in(request.view)}

    def record(session: Session) -> tuple[list[str], tuple[WaitingAccount, ...], Values]:
        """The sentences of refusals, the accounts that wait for a next form, and the rest of the draft."""
        recorded, refused = record_scores(session, author, functions, entered, if_nothing=if_nothing)
        draft = forget_fields(session, author, DRAFT, lambda name: name.split("/")[1] in scored_ids)
        confirm(session, author, recorded, channel_id=origin.channel_id, place=origin.place)
        if origin.subject:
            # its subject is the one account that it was opened for: no other follows
            return refused, (), draft
        waiting = reads.waiting_for(session, author.workspace_id, author.user_id, after=origin.item_id)
        return refused, waiting, draft

    refused, waiting, draft = await deps.write(request, record)
    problems = " ".join(refused)
    if waiting:
        view = form_of(waiting, functions, forms.Origin(channel_id=origin.channel_id), draft)
        return NextView(view | {"blocks": [forms.small(escape(problems)), *view["blocks"]]} if problems else view)
    if problems:
        return NextView(message_view(notice(f"{problems} The other scores are recorded.")))
    return Close(all_views=True)


async def functions_of(request: Request, deps: Deps) -> tuple[Function, ...]:
    """The functions for which the person scores: their own, and as a stand-in. Raises Refused without any."""
    person, workspace_id = request.person, request.workspace_id
    functions = await deps.read(functions_to_score, workspace_id, person, now=request.now)
    if not functions:
        raise Refused(NO_FUNCTION)
    return functions


def form_of(
    accounts: tuple[WaitingAccount, ...], functions: Sequence[Function], origin: forms.Origin, draft: Values
) -> View:
    """The form for as many accounts as fit; its origin's `item_id` is the last request, where the next form starts."""
    fitting = accounts[: accounts_in_form(functions)]
    view = build(fitting, functions, replace(origin, item_id=fitting[-1].request_id), draft)
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    return forms.with_note(view) if fields & draft.keys() else view


FORM = forms.Form(FRAME, scored)


# Buttons of fit: of the message that asks for scores, and of the page of an account's fit.


async def open_all(request: Request, deps: Deps) -> Reply:
    """The form for every account that waits for the person's scores, as many as fit; a sentence where none does."""
    request.require(Permission.NOMINATE)
    functions = await functions_of(request, deps)
    waiting = await deps.read(reads.waiting_for, request.workspace_id, request.person.user_id)
    if not waiting:
        return Say(sentence_page(deps.words.say("fit.nothing_waits")))
    draft = await forms.kept_draft(request, deps, FRAME.callback_id)
    return OpenModal(form_of(waiting, functions, forms.origin_here(request), draft))


async def open_one(request: Request, deps: Deps) -> Reply:
    """The form for the account that the button names alone; `origin.subject` says so."""
    request.require(Permission.NOMINATE)
    functions, author = await functions_of(request, deps), request.author
    account = await deps.read(reads.one_account, author.workspace_id, author.user_id, request.number, zone=author.zone)
    draft = await forms.kept_draft(request, deps, FRAME.callback_id)
    origin = forms.origin_here(request, subject=str(account.account_id))
    return OpenModal(form_of((account,), functions, origin, draft))


async def stop(request: Request, deps: Deps) -> Reply:
    request.require(Permission.NOMINATE)
    count = await deps.write(request, stop_asking, request.author)
    return Say(sentence_page(deps.words.say("fit.stopped", count=count)))


async def ask_scorers(request: Request, deps: Deps) -> Reply:
    """Ask everybody who can score the account, and show its fit again."""
    request.require(Permission.DECIDE)
    asked = await deps.write(request, ask_for_scores, request.author, request.number)
    note = deps.words.say("fit.asked", asked=asked)
    return Say(await fit(request, deps, request.number, note=note), replace=True)


async def change_list(request: Request, deps: Deps, *, word: ListWord) -> Reply:
    """The form for a change of the list; the button carries the account, and the tier if one is proposed: `7 2`."""
    request.require(Permission.DECIDE)
    account_id, _, tier = request.value.partition(" ")
    origin = forms.origin_here(request, number_in(account_id), subject=word)
    prefilled = {"tier": str(number_in(tier))} if tier else {}
    return await forms.open_form(request, deps, CHANGE, origin, prefilled=prefilled)


FIT = Subject(
    account_pages={"fit": fit},
    buttons={
        "fit.open": open_all,
        "fit.score": open_one,
        "fit.stop": stop,
        "fit.ask": ask_scorers,
        "fit.name": partial(change_list, word=ListWord.NAME),
        "fit.tier": partial(change_list, word=ListWord.TIER),
        "fit.reject": partial(change_list, word=ListWord.REJECT),
        "fit.remove": partial(change_list, word=ListWord.REMOVE),
    },
    forms=(FORM,),
)
