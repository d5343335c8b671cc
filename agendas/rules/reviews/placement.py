"""Order of accounts on an agenda: each in one bucket, by need, as many as fit the minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from agendas.facts.account import Movement
from agendas.facts.program.settings import TIERS, of_tier
from agendas.facts.reviews.agenda import AgendaFacts, ItemPart, MovementFlag
from agendas.facts.reviews.review import AgendaItem, Bucket, MovementAnswer, Placement, StallAnswer
from agendas.rules.deals.stalled import STALLED, stall
from agendas.rules.fit.score import fit_of
from agendas.rules.reviews.deal_triggers import regression_reasons
from agendas.rules.reviews.intervention import FAR_OVER, reasons
from agendas.rules.reviews.movement import movement

BY_EXCEPTION = TIERS[-1]
"""The tier of which only what needs talking about is told."""
STEADY_NAMED = 5
"""Steady accounts of that tier that are named: of more there is a number."""

_BUCKET_ORDER = {bucket: number for number, bucket in enumerate(Bucket)}


def place(facts: AgendaFacts) -> Placement:
    """The one bucket of an account, with its movement, its stall and the reasons, most serious first."""
    moved = movement(facts)
    stalled = stall(
        facts.account, now=facts.now, zone=facts.zone, settings=facts.settings, excused_before=facts.excused_before
    )
    serious = reasons(facts, moved, stalled)
    fell = regression_reasons(moved) if moved.movement is Movement.REGRESSED and not serious else ()
    codes = {code for code, _, _ in serious}
    causes = tuple((STALLED[c.kind], c.days, c.limit_days) for c in stalled.causes if FAR_OVER[c.kind] not in codes)
    bucket = Bucket.NEEDS_INTERVENTION if serious else _bucket(moved, stalled)
    return Placement(bucket=bucket, movement=moved, stall=stalled, reasons=(*serious, *fell, *causes))


def named_and_counted(steady: Sequence[AgendaItem]) -> tuple[Sequence[AgendaItem], int]:
    """Return the steady accounts to name, and the number of others, of the tier that is told by exception."""
    rest = [item for item in steady if item.facts.account.tier != BY_EXCEPTION]
    count = len(steady) - len(rest)
    return (rest, count) if count > STEADY_NAMED else (steady, 0)


def placed_items(
    facts: Mapping[int, AgendaFacts],
    left_out: Mapping[int, int],
    minutes: int,
    chosen: Mapping[int, ItemPart],
    *,
    takes_all: bool = False,
) -> Sequence[AgendaItem]:
    """Return the accounts in order of need with their parts; all are discussed with `takes_all`, whatever the minutes.

    `left_out` are the times that each was left out before, `chosen` the parts that somebody chose, by account id.
    """
    placed = order(
        AgendaItem(position=0, facts=each, placement=place(each), times_left_out=left_out.get(account_id, 0))
        for account_id, each in facts.items()
    )
    return take_all(placed) if takes_all else fit(placed, minutes, chosen)


def order(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items in order of need, positions counted from 1.

    Bucket, tier, reviews that left it out (more first), days over a limit (more first), of new accounts fit and points
    of signals (more first), name. A claimed step stands among those that advanced.
    """
    ordered = sorted(items, key=_need)
    return tuple(replace(item, position=number) for number, item in enumerate(ordered, start=1))


def take_all(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items, in the same order, all discussed, whatever the minutes: for accounts asked for by name."""
    return tuple(
        replace(item, position=position, part=ItemPart.DISCUSSED, minutes=_minutes(item))
        for position, item in enumerate(items, start=1)
    )


def fit(
    items: Sequence[AgendaItem], minutes: int, chosen: Mapping[int, ItemPart] | None = None
) -> tuple[AgendaItem, ...]:
    """The items, in the same order, with their part and minutes, so that those discussed fit the slot.

    `chosen` are parts that a person chose by account id: those taken in are discussed whatever the minutes and before
    others, those left out are not, unless there is nothing else to discuss.

    Steady accounts are listed. One that does not fit is left out, with the minutes it would need; a shorter one after
    it may still fit. Those in need of intervention that the last review left out take their minutes first, and where
    one does not fit again nothing of less need is discussed, nor one in need of a lower tier. At least one account is
    always discussed.
    """
    left, waiting_tier = minutes, TIERS[-1]
    is_waiting = False
    fitted: dict[int, AgendaItem] = {}
    wanted = [(chosen or {}).get(item.facts.account.account_id) for item in items]
    for number, item in sorted(
        enumerate(items), key=lambda each: (wanted[each[0]] is not ItemPart.DISCUSSED, not _has_waited(each[1]))
    ):
        needed, part = _minutes(item), wanted[number]
        if part is not None:
            left -= needed if part is ItemPart.DISCUSSED else 0
            fitted[number] = replace(item, part=part, minutes=needed)
        elif not _has_news(item):
            fitted[number] = replace(item, part=ItemPart.LISTED, minutes=0)
        elif needed <= left and (not is_waiting or (_needs_intervention(item) and _tier(item) <= waiting_tier)):
            left -= needed
            fitted[number] = replace(item, part=ItemPart.DISCUSSED, minutes=needed)
        else:
            if _has_waited(item):
                is_waiting, waiting_tier = True, min(waiting_tier, _tier(item))
            fitted[number] = replace(item, part=ItemPart.LEFT_OUT, minutes=needed)
    return _with_one_discussed([fitted[number] for number in range(len(items))], wanted)


def _bucket(moved: MovementAnswer, stalled: StallAnswer) -> Bucket:
    """The bucket of an account where nobody needs to step in. A step only claimed is never counted as advanced."""
    if stalled.is_stalled or moved.movement is Movement.REGRESSED:
        return Bucket.STALLED
    if MovementFlag.EXPANDED in moved.flags:
        return Bucket.EXPANDED
    return {Movement.ADVANCED: Bucket.ADVANCED, Movement.NEW: Bucket.NEW}.get(moved.movement, Bucket.STEADY)


def _need(item: AgendaItem) -> tuple[int, int, int, int, float, float, str, int]:
    account = item.facts.account
    days_over = max((cause.days - cause.limit_days for cause in item.placement.stall.causes), default=0)
    is_claim = _has_news(item) and item.placement.bucket is Bucket.STEADY
    bucket = _BUCKET_ORDER[Bucket.ADVANCED if is_claim else item.placement.bucket]
    fit, points = _promise(item) if item.placement.bucket is Bucket.NEW else (0.0, 0.0)
    need = (bucket, _tier(item), -item.times_left_out, -days_over)
    return (*need, -fit, -points, account.name.casefold(), account.account_id)


def _promise(item: AgendaItem) -> tuple[float, float]:
    """Fit, and points of signals of 90 days: of a new account nothing else tells it from others."""
    facts = item.facts
    return fit_of(facts.account.fit, facts.settings).fit or 0.0, facts.engagement.last_90 if facts.engagement else 0.0


def _needs_intervention(item: AgendaItem) -> bool:
    return item.placement.bucket is Bucket.NEEDS_INTERVENTION


def _has_waited(item: AgendaItem) -> bool:
    """True for an account in need of intervention that the last review left out."""
    return _needs_intervention(item) and item.times_left_out > 0


def _tier(item: AgendaItem) -> int:
    return item.facts.account.tier or TIERS[-1]


def _minutes(item: AgendaItem) -> int:
    """Return the minutes for discussing the account; without a tier, those of tier 3."""
    return item.facts.settings.number(of_tier(item.facts.account.tier, "minutes"))


def _has_news(item: AgendaItem) -> bool:
    """True for what must be talked about.

    That is any bucket but steady, a claimed step, which wants its evidence, and an earlier step that counts no more.
    """
    moved = item.placement.movement
    is_claimed, is_corrected = moved.movement is Movement.ADVANCED_UNVERIFIED, MovementFlag.CORRECTED in moved.flags
    return item.placement.bucket is not Bucket.STEADY or is_claimed or is_corrected


def _with_one_discussed(items: list[AgendaItem], wanted: Sequence[ItemPart | None]) -> tuple[AgendaItem, ...]:
    """Discuss the first that did not fit where nothing is discussed; one that a person left out only if all are."""
    if items and not any(item.part is ItemPart.DISCUSSED for item in items):
        waiting = [number for number, item in enumerate(items) if item.part is ItemPart.LEFT_OUT]
        first = min(waiting, key=lambda number: (wanted[number] is not None, number), default=0)
        items[first] = replace(items[first], part=ItemPart.DISCUSSED, minutes=_minutes(items[first]))
    return tuple(items)
