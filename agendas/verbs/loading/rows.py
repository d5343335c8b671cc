"""Convert accounts, events, people and cadences between rows and facts."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, TypeGuard

from pydantic import TypeAdapter

from agendas.facts.account import AccountState, Decision, EventFacts, ListStatus, Source, Stage
from agendas.facts.events import Profile, changes, evidences
from agendas.facts.evidence import Waiting
from agendas.facts.fit import FitScore
from agendas.facts.justification import Justification
from agendas.facts.motion import Motion
from agendas.facts.narrative import NarrativeVersion
from agendas.facts.people import Function, PersonFacts, Right
from agendas.facts.product import ProductInput
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.facts.reviews.cadence import OccurrenceChange
from agendas.rules.access.rights import Deed, may
from agendas.rules.fit.score import fit_of
from agendas.rules.history.weight import weight_of
from agendas.verbs.loading.item_rows import account_item_facts
from storage.account_items import NO_ITEMS, AccountItems
from storage.tables import Account, CadenceChange, Event, Person

state_adapter: TypeAdapter[AccountState] = TypeAdapter(AccountState)
_decisions: TypeAdapter[Decision | None] = TypeAdapter(Decision | None)
_waiting: TypeAdapter[Waiting | None] = TypeAdapter(Waiting | None)
_asks: TypeAdapter[tuple[Decision, ...]] = TypeAdapter(tuple[Decision, ...])
_fit: TypeAdapter[tuple[FitScore, ...]] = TypeAdapter(tuple[FitScore, ...])
_narratives: TypeAdapter[NarrativeVersion | None] = TypeAdapter(NarrativeVersion | None)
_product: TypeAdapter[tuple[ProductInput, ...]] = TypeAdapter(tuple[ProductInput, ...])

PROFILE_FIELDS = tuple(name for name in Profile.__dataclass_fields__ if name != "aliases")
STATE_FIELDS = (
    "tier",
    "because",
    "named_at",
    "list_changed_at",
    "stage_since",
    "stage_since_known",
    "stage_has_evidence",
    "claimed_from_is_shown",
    "last_movement_at",
    "last_buyer_touch_at",
    "left_opportunity_at",
    "left_customer_at",
    "last_update_at",
    "last_event_at",
    "private_channel",
)
JUSTIFICATION_FIELDS = tuple(Justification.__dataclass_fields__)
_of_profile, _of_state = attrgetter(*PROFILE_FIELDS), attrgetter(*STATE_FIELDS)


def event_facts(row: Event) -> EventFacts:
    """Return the stored event as facts."""
    return EventFacts(
        id=row.row_id,
        account_id=row.account_id,
        change=changes.validate_python(row.change),
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        source=Source(row.source),
        evidence=evidences.validate_python(row.evidence) if row.evidence else (),
        review_id=row.review_id,
    )


def event_values(event: EventFacts, *, workspace_id: str, import_run_id: int | None) -> dict[str, Any]:
    """Return the event's values by column, to insert it; the database assigns its id."""
    return {
        "workspace_id": workspace_id,
        "account_id": event.account_id,
        "kind": event.change.kind,
        "change": changes.dump_python(event.change, mode="json"),
        "evidence": evidences.dump_python(event.evidence, mode="json"),
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "source": event.source.value,
        "weight": weight_of(event).value,
        "review_id": event.review_id,
        "import_run_id": import_run_id,
    }


def account_state(row: Account, items: AccountItems = NO_ITEMS) -> AccountState:
    """Return the stored account with these items as facts."""
    return AccountState(
        account_id=row.row_id,
        profile=Profile(aliases=tuple(row.aliases), **dict(zip(PROFILE_FIELDS, _of_profile(row), strict=True))),
        list_status=ListStatus(row.list_status),
        stage=Stage(row.stage),
        claimed_from=Stage(row.claimed_from) if row.claimed_from else None,
        motion_decided=Motion(row.motion_decided) if row.motion_decided else None,
        justification=Justification(row.why_account, row.why_now, row.motion),
        decision=None if row.decision is None else _decisions.validate_python(row.decision),
        waiting=None if row.waiting is None else _waiting.validate_python(row.waiting),
        asks=_asks.validate_python(row.asks) if row.asks else (),
        fit=scores_of(row),
        narrative=None if row.narrative is None else _narratives.validate_python(row.narrative),
        product=_product.validate_python(row.product) if row.product else (),
        **account_item_facts(items),
        **dict(zip(STATE_FIELDS, _of_state(row), strict=True)),
    )


def scores_of(row: Account) -> tuple[FitScore, ...]:
    """Return the fit scores of the stored account."""
    return _fit.validate_python(row.fit) if row.fit else ()


def write_state(row: Account, state: AccountState, settings: ProgramSettings = DEFAULTS) -> None:
    """Write the state to the account's row; its items have rows of their own.

    The settings hold the weights of the fit scores; an account without scores needs none.
    """
    for name, value in state_values(state, settings).items():
        # setting an attribute costs ten times as much as comparing it, and most of them stay the same
        if getattr(row, name) != value:
            setattr(row, name, value)


def fit_values(scores: tuple[FitScore, ...], settings: ProgramSettings) -> dict[str, float | None]:
    """Return the fit and its confidence computed from the scores, by column."""
    if not scores:
        return {"fit_score": None, "fit_confidence": None}
    answer = fit_of(scores, settings)
    return {"fit_score": answer.fit, "fit_confidence": answer.confidence}


def state_values(state: AccountState, settings: ProgramSettings = DEFAULTS) -> dict[str, Any]:
    """Return the account's state by column, to insert it."""
    profile = state.profile
    return {
        **{name: getattr(profile, name) for name in PROFILE_FIELDS},
        **{name: getattr(state, name) for name in STATE_FIELDS},
        **{name: getattr(state.justification, name) for name in JUSTIFICATION_FIELDS},
        "aliases": list(profile.aliases),
        "list_status": state.list_status.value,
        "stage": state.stage.value,
        "claimed_from": state.claimed_from.value if state.claimed_from else None,
        "motion_decided": state.motion_decided.value if state.motion_decided else "",
        "decision": None if state.decision is None else _decisions.dump_python(state.decision, mode="json"),
        "waiting": None if state.waiting is None else _waiting.dump_python(state.waiting, mode="json"),
        "asks": _asks.dump_python(state.asks, mode="json"),
        "fit": _fit.dump_python(state.fit, mode="json"),
        **fit_values(state.fit, settings),
        "narrative": None if state.narrative is None else _narratives.dump_python(state.narrative, mode="json"),
        "product": _product.dump_python(state.product, mode="json"),
    }


def person_facts(row: Person, *, is_away: bool = False) -> PersonFacts:
    """Return the stored person as facts."""
    return PersonFacts(
        user_id=row.user_id,
        name=row.name,
        right=Right(row.right),
        function=Function(row.function) if row.function else None,
        time_zone=row.time_zone,
        is_away=is_away,
        is_deleted=row.is_deleted,
    )


def is_member(row: Person | None) -> TypeGuard[Person]:
    """Return true for an active full member: no guest, no bot, nobody deactivated or of another company."""
    return row is not None and not (row.is_guest or row.is_external or row.is_bot or row.is_deleted)


def can_answer(row: Person) -> bool:
    """Return true for somebody who can be asked: an active full member who may record something."""
    return is_member(row) and may(person_facts(row), Deed.RECORD)


def change_facts(rows: Sequence[CadenceChange]) -> tuple[OccurrenceChange, ...]:
    """Return the stored changes of single occurrences as facts."""
    return tuple(OccurrenceChange(row.planned_on, row.moved_to, row.because) for row in rows)
