"""Why, when and who: what a question presupposes of accounts, with its reason, its day or its author first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agendas.facts.account import ListStatus
from agendas.facts.answers import FieldFact
from agendas.facts.events import ListChanged, Moved, Nominated
from agendas.facts.justification import Justification
from agendas.facts.list_filter import AccountStanding
from agendas.facts.reviews.agenda import ReasonCode, StallKind
from agendas.facts.reviews.review import AgendaItem, Bucket
from agendas.pages.answers.fields import Telling
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rules.answers import told_by
from agendas.rules.answers.state_since import state_since
from assistant.context import QuestionContext
from assistant.look_ups.accounts.asked import part_said
from assistant.look_ups.accounts.fitting_parts import fits_part, parts_asked, state_code
from assistant.look_ups.accounts.listing import in_order
from assistant.look_ups.accounts.loaded import Loaded, load
from assistant.look_ups.accounts.telling import Told, told_page
from assistant.look_ups.accounts.things import code_of, fact_of, role_fact
from assistant.look_ups.found import Found
from assistant.look_ups.scope import fitting
from assistant.query import Query

SHOWN_BY: Mapping[ReasonCode, str] = {
    ReasonCode.REGRESSED: "last_movement",
    ReasonCode.BLOCKER_NEEDS_EXECUTIVE: "blocker",
    ReasonCode.BLOCKER_OLD: "blocker",
    ReasonCode.ASKED_FOR: "ask",
    ReasonCode.ASK_OVERDUE: "ask",
    ReasonCode.STALLED_TWICE: "last_touch",
    ReasonCode.FAR_OVER_AGED: "stage",
    ReasonCode.FAR_OVER_QUIET: "last_touch",
    ReasonCode.ACTION_OVERDUE: "overdue_action",
    ReasonCode.NO_EVIDENCE: "stage",
    ReasonCode.STALLED_AGED: "stage",
    ReasonCode.STALLED_QUIET: "last_touch",
    ReasonCode.CLOSE_DATE_PAST: "close_date",
    ReasonCode.CLOSE_DATE_PUSHED: "close_date",
    ReasonCode.CLOSES_SOON: "close_date",
    ReasonCode.ENGAGEMENT_FELL: "engagement",
    ReasonCode.NOT_REVIEWED: "last_review",
}
"""The fact that shows a reason, with its author and date; the others show themselves."""

MOST_SHOWN = 2

DEFAULTS: Mapping[Telling, Sequence[str]] = {
    Telling.WHY: ("state",),
    Telling.WHEN: ("last_update",),
    Telling.WHO: ("owner",),
}


def why(context: QuestionContext, query: Query) -> Found:
    """Return the reasons of what is asked, with numbers, author and date."""
    return _asked(context, query, Telling.WHY)


def when(context: QuestionContext, query: Query) -> Found:
    """Return since when what is asked is so, or when it happened."""
    return _asked(context, query, Telling.WHEN)


def who(context: QuestionContext, query: Query) -> Found:
    """Return who owns the accounts, or who recorded or decided what is asked."""
    return _asked(context, query, Telling.WHO)


def codes_asked(query: Query, telling: Telling) -> tuple[str, ...]:
    """Return the codes of the facts that the question is about, the first one first."""
    if query.fields:
        return tuple(code_of(each) for each in query.fields)
    if query.statuses:
        named = ("named_on", "justification") if telling is Telling.WHY else ("named_on",)
        return named if set(query.statuses) <= {ListStatus.NAMED} else ("status",)
    if query.states:
        return ("stage",) if set(query.states) <= {AccountStanding.CLAIMED} else ("state",)
    told = (("tiers", "tier"), ("stages", "stage"), ("owners", "owner"), ("segments", "segment"))
    found = [code for name, code in told if getattr(query, name)]
    found += [code_of(each) for each in (*query.having, *query.without)]
    return tuple(found) if found and (query.of or found != ["owner"]) else tuple(DEFAULTS[telling])


def _asked(context: QuestionContext, query: Query, telling: Telling) -> Found:
    codes = codes_asked(query, telling)
    scope = fitting(context, _of_named(query))
    loaded = load(context, scope, (*codes, "status", *_shown(codes)), of=query.of)
    items = loaded.items if query.of else in_order(query, loaded)
    told = [(item, _facts(query, codes, loaded, item, telling=telling)) for item in items]
    # a state is said by nobody: it follows from what people recorded
    telling = Telling.WHY if telling is Telling.WHO and codes[0] == "state" else telling
    return told_page(context, query, told, telling, premise=_premise(context, query, told))


def _of_named(query: Query) -> Query:
    """The query of the accounts named, whatever it presupposes of them; without a name all that fit."""
    return Query(query.subject, query.form, of=query.of) if query.of else query


def _shown(codes: Sequence[str]) -> tuple[str, ...]:
    """The facts that may show a state; what tells them is read with the rest."""
    return (*dict.fromkeys(SHOWN_BY.values()), "last_movement", "named_on") if "state" in codes else ()


def _facts(
    query: Query, codes: Sequence[str], loaded: Loaded, item: AgendaItem, *, telling: Telling
) -> list[FieldFact]:
    found = [_fact(query, code, loaded, item, telling=telling) for code in codes]
    if telling is not Telling.WHEN and found[0].code in ("state", "state_why", "stalled"):
        found += [fact_of(code, loaded, item) for code in _shows_state(item, found[0].code)]
    if found[0].code == "proposal" and found[0].value is None:
        found.append(fact_of("status", loaded, item))
    return found[:1] if _says_the_same(found) else found


def _says_the_same(facts: Sequence[FieldFact]) -> bool:
    """True where the justification is no more than the reason of the naming, which is said already."""
    value = facts[-1].value
    is_whole = isinstance(value, Justification) and not (value.why_now or value.motion)
    return (
        len(facts) > 1 and is_whole and isinstance(value, Justification) and value.why_account in ("", facts[0].because)
    )


def _fact(query: Query, code: str, loaded: Loaded, item: AgendaItem, *, telling: Telling) -> FieldFact:
    """The fact as it stands; a stage, tier or status that is not the present one as it came about."""
    if code == "roles" and (of_role := role_fact(query, item)) is not None:
        return of_role
    code = state_code(query, item) if code == "state" else code
    fact = _earlier(query, code, loaded, item) or fact_of(code, loaded, item)
    if fact.code in ("state", "stalled") and telling is Telling.WHEN:
        return replace(fact, since=state_since(item))
    if fact.code == "state" and telling is not Telling.WHEN and len(loaded.items) == 1:
        return replace(fact, code="state_why")
    return fact


def _earlier(query: Query, code: str, loaded: Loaded, item: AgendaItem) -> FieldFact | None:
    """The fact of a stage, tier or status that the account had once, None where it has it now or never had it."""
    account, told = item.facts.account, loaded.told_of(item)
    match code:
        case "stage" if query.stages and account.stage not in query.stages:
            event = next((e for stage in query.stages if (e := told_by.stage_event(told, stage))), None)
            value: object = event.change.to_stage if event and isinstance(event.change, Moved) else None
        case "tier" if query.tiers and account.tier not in query.tiers:
            event = told_by.last_in_tier(told, query.tiers)
            value = event.change.tier if event and isinstance(event.change, ListChanged) else None
        case "status" if query.statuses and account.list_status not in query.statuses:
            event = told_by.status_event(told, *query.statuses)
            value = event.change.status if event and isinstance(event.change, ListChanged) else None
        case _:
            return None
    if event is None or value is None:
        return None
    because = event.change.because if isinstance(event.change, ListChanged | Nominated) else ""
    because = event.change.text if isinstance(event.change, Moved) else because
    return FieldFact(f"earlier_{code}", value, event.happened_at, is_moment=True, source=event, because=because)


def _shows_state(item: AgendaItem, code: str) -> tuple[str, ...]:
    """The codes of the facts that show the state, at most two."""
    if code == "stalled":
        kinds = [cause.kind for cause in item.placement.stall.causes]
        return tuple("last_touch" if kind is StallKind.QUIET else "stage" for kind in kinds)
    found = [SHOWN_BY[code] for code, _, _ in item.placement.reasons if code in SHOWN_BY]
    if not item.placement.reasons:
        by_bucket = {Bucket.NEW: "named_on", Bucket.ADVANCED: "last_movement", Bucket.EXPANDED: "last_movement"}
        claimed = ["stage"] if item.facts.account.claimed_from else []
        found = [by_bucket[item.placement.bucket]] if item.placement.bucket in by_bucket else claimed
    return tuple(dict.fromkeys(found))[:MOST_SHOWN]


def _premise(context: QuestionContext, query: Query, told: Sequence[Told]) -> Mrkdwn | str:
    """The words of the question that are not so of the one account it names, and never were; else none."""
    if len(told) != 1 or not query.of:
        return ""
    item, facts = told[0]
    if any(fact.code.startswith("earlier_") for fact in facts):
        return ""
    for name in parts_asked(query):
        is_said = name in ("tiers", "stages", "states", "statuses", "segments", "owners")
        if is_said and not _is_so(query, name, item):
            return part_said(context, query, name)
    return ""


def _is_so(query: Query, name: str, item: AgendaItem) -> bool:
    """True also for a paused account that is asked about as one of the list."""
    is_listed = name == "statuses" and set(query.statuses) == {ListStatus.NAMED}
    return fits_part(query, name, item) or (is_listed and item.facts.account.list_status.is_on_list)
