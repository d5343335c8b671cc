"""The scoreboard's table: a row for each account, raw cells that sort by their numbers."""

from collections.abc import Mapping, Sequence
from datetime import date

from agendas.rendering.page import Number
from agendas.rendering.words import Words
from agendas.rules.deals.stalled import furthest_deal
from agendas.rules.scoreboard.rows import ScoreboardRow
from agendas.text.limits import shortened

HEADER = (
    *("Account", "State", "Tier", "Owner", "Position", "Engagement", "Fit (known)", "Value", "Open pipeline"),
    *("Buying group", "Next action", "Due", "Narrative", "Plays", "Segment"),
)
"""The columns: the state first, as a phone shows three or four of them."""

NAME_CHARACTERS = 60
PLAYS_CHARACTERS = 50

Cell = str | Number


def table_rows(
    rows: Sequence[ScoreboardRow], words: Words, *, people: Mapping[str, str], today: date
) -> tuple[tuple[Cell, ...], ...]:
    """The cells of these rows; `people` are names by user id.

    Amounts sort by their number where all of them are of one currency; else they are text, and nothing is compared.
    """
    is_one_value = len({each.state.profile.currency for each in rows if each.state.profile.value_cents is not None}) < 2
    is_one_pipeline = len({currency for each in rows for currency, _ in each.pipeline.amounts}) < 2
    return tuple(
        (
            *_who(each, people, words),
            *_how(each, words),
            _value(each, words, sorts=is_one_value),
            _pipeline(each, words, sorts=is_one_pipeline),
            *_what_next(each, people, words, today),
        )
        for each in rows
    )


def _who(row: ScoreboardRow, people: Mapping[str, str], words: Words) -> tuple[Cell, ...]:
    account, profile = row.state, row.state.profile
    tier = Number(account.tier, f"T{account.tier}") if account.tier else "no tier"
    owner = (
        people.get(profile.owner or "", "") or profile.owner_name or words.raw("scoreboard.no_owner", profile=profile)
    )
    state = words.raw("scoreboard.state", row=row)
    return _cut(account.name), state, tier, _cut(owner)


def _how(row: ScoreboardRow, words: Words) -> tuple[Cell, ...]:
    """Position, engagement and fit; what is not known sorts with no number."""
    fit, found = words.raw("scoreboard.fit", row=row), row.account.facts.engagement
    account, stall = row.state, row.account.placement.stall
    position = words.raw("scoreboard.position", account=account, deal=furthest_deal(account), stall=stall)
    return (
        position if stall.days_in_stage is None else Number(stall.days_in_stage, position),
        "" if found is None else Number(round(found.last_30), words.raw("scoreboard.engagement", found=found)),
        fit if row.fit is None else Number(row.fit, fit),
    )


def _value(row: ScoreboardRow, words: Words, *, sorts: bool) -> Cell:
    profile = row.state.profile
    if profile.value_cents is None:
        return ""
    said = words.raw("scoreboard.money", cents=profile.value_cents, currency=profile.currency)
    return Number(profile.value_cents / 100, said) if sorts else said


def _pipeline(row: ScoreboardRow, words: Words, *, sorts: bool) -> Cell:
    found = row.pipeline
    if not found.count:
        return ""
    said = words.raw("scoreboard.amounts", found=found)
    return Number(found.amounts[0][1] / 100, said) if sorts and found.amounts else said


def _what_next(row: ScoreboardRow, people: Mapping[str, str], words: Words, today: date) -> tuple[Cell, ...]:
    group = Number(row.engaged / row.required, f"{row.engaged}/{row.required}") if row.required else ""
    plays = shortened(", ".join(each.name for each in row.plays), PLAYS_CHARACTERS)
    owner = people.get(row.next_action.owner, "") if row.next_action else ""
    action = words.raw("scoreboard.next_action", row=row, owner=owner)
    narrative = words.raw("scoreboard.narrative", row=row)
    return group, action, _due(row, words, today), narrative, plays, _cut(row.state.profile.segment)


def _due(row: ScoreboardRow, words: Words, today: date) -> Cell:
    """The day, which sorts by the days from today, those that are late first."""
    if row.next_action is None:
        return ""
    return Number((row.next_action.due_on - today).days, words.raw("scoreboard.due", row=row, today=today))


def _cut(text: str) -> str:
    return shortened(text, NAME_CHARACTERS)
