"""The scoreboard: its table, the program's measures below it, and charts of the last reviews."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from agendas.facts.measures import Program, TrendPoint
from agendas.facts.program import ReportKind
from agendas.facts.reviews import Bucket
from agendas.pages.admin import file_buttons
from agendas.pages.measures import behind_menu
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import (
    Buttons,
    Chart,
    ChartKind,
    ChartSeries,
    Heading,
    Item,
    Note,
    Number,
    Page,
    Rows,
    SortableTable,
    Text,
)
from agendas.rendering.words import Words, labelled
from agendas.rules.deals import furthest_deal
from agendas.rules.measures import counted, month_text
from agendas.rules.scoreboard import (
    LEAST_POINTS,
    Measured,
    Scoreboard,
    ScoreboardRow,
    advanced_and_back,
    failing_most,
    figures_shown,
    last_reviews,
    measured,
    quality_trend,
    scoreboard_row,
)
from agendas.text.dates import day_text
from agendas.text.limits import shortened

# The program's measures in a few lines, and charts of progression and pipeline quality over the last reviews.

TESTS_NAMED = 2


def figure_lines(found: Measured, words: Words) -> Iterator[str]:
    """A line for each measure that has a value; pipeline quality has one for each currency."""
    yield from words.lines("scoreboard.progression", found=found.progression)
    for each in found.quality.values():
        yield from words.lines("scoreboard.quality", found=each, worst=failing_most(each)[:TESTS_NAMED])
    if found.coverage.required:
        yield from words.lines("scoreboard.coverage", found=found.coverage)
    if found.completed:
        yield from words.lines("scoreboard.velocity", stays=found.completed)
    if found.discipline.planned:
        yield from words.lines("scoreboard.discipline", found=found.discipline)
    yield from words.lines("scoreboard.deals", deals=found.deals)


def chart_items(program: Program, words: Words) -> Iterator[Item]:
    """The charts of the last reviews, or why there is none."""
    points = last_reviews(program)
    if len(points) < LEAST_POINTS:
        yield Note(words.say("scoreboard.no_chart", count=len(points)))
        return
    yield _progression_chart(points, words)
    yield from _quality_chart(points, words)


def _progression_chart(points: tuple[TrendPoint, ...], words: Words) -> Chart:
    counts = [advanced_and_back(point) for point in points]
    advanced = tuple(_part(up, of, words) for up, _, of in counts)
    regressed = tuple(_part(back, of, words) for _, back, of in counts)
    names = (words.raw("scoreboard.series", name=name) for name in ("advanced", "regressed"))
    return Chart(
        ChartKind.BAR,
        words.raw("scoreboard.chart_progression", count=len(points)),
        _days(points),
        tuple(ChartSeries(name, numbers) for name, numbers in zip(names, (advanced, regressed), strict=True)),
        words.raw("scoreboard.axis", name="review"),
        words.raw("scoreboard.axis", name="accounts"),
    )


def _quality_chart(points: tuple[TrendPoint, ...], words: Words) -> Iterator[Item]:
    found = quality_trend(points)
    if len(found.points) < LEAST_POINTS:
        yield Note(words.say("scoreboard.no_quality_chart"))
        return
    series = []
    for currency in found.currencies:
        # a currency without open value at one of the points is left out, so no missing value is drawn as 0
        shares = (point.quality[currency].percent or 0 for point in found.points)
        numbers = tuple(Number(share, words.raw("scoreboard.percent", number=share)) for share in shares)
        series.append(ChartSeries(words.raw("scoreboard.currency", code=currency), numbers))
    yield Chart(
        ChartKind.LINE,
        words.raw("scoreboard.chart_quality", currencies=found.currencies, count=len(found.points)),
        _days(found.points),
        tuple(series),
        words.raw("scoreboard.axis", name="review"),
        words.raw("scoreboard.axis", name="percent"),
    )
    if found.left_out:
        currencies = [words.raw("scoreboard.currency", code=each) for each in found.left_out]
        yield Note(words.say("scoreboard.not_drawn", currencies=currencies))


def _days(points: tuple[TrendPoint, ...]) -> tuple[str, ...]:
    return tuple(day_text(point.on, points[-1].on) for point in points)


def _part(part: int, of: int, words: Words) -> Number:
    return Number(part, words.raw("scoreboard.part", part=part, of=of))


# The scoreboard's table: a row for each account, raw cells that sort by their numbers.

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
            *_standing_cells(each, words),
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


def _standing_cells(row: ScoreboardRow, words: Words) -> tuple[Cell, ...]:
    """The cells for position, engagement and fit; an unknown value has no sort number."""
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
    sentence = words.raw("scoreboard.money", cents=profile.value_cents, currency=profile.currency)
    return Number(profile.value_cents / 100, sentence) if sorts else sentence


def _pipeline(row: ScoreboardRow, words: Words, *, sorts: bool) -> Cell:
    """The open amounts; sorted by the first one, as currencies are never added."""
    found = row.pipeline
    if not found.count:
        return ""
    sentence = words.raw("scoreboard.amounts", found=found)
    return Number(found.amounts[0][1] / 100, sentence) if sorts and found.amounts else sentence


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


# The scoreboard on one page: its accounts in a table that sorts, the program's measures, and charts of reviews.

ROWS = 200
"""Accounts of one message at most: Slack's table takes no more rows."""

PAGE_ROWS = 20
"""Rows of the table that are seen at once."""

FILTER_CHARACTERS = 80
"""Of a filter in the heading, which holds 150 characters; a longer one is shown whole below it."""


def scoreboard_page(board: Scoreboard, words: Words, *, start: int = 0, whole: bool = False) -> Page:
    """The scoreboard after the first `start` accounts; what is about the whole program comes only with the first.

    With `whole` every account is on it and nothing can be clicked: for files.
    """
    first = start if start < len(board.accounts) else 0
    found = measured(board.program)
    items: list[Item] = [*_heading(board, found, words)]
    if not board.program.accounts:
        items += _empty_board(board, words)
        return Page(_title(board, found, words), tuple(items), key="scoreboard")
    items += _table(board, words, first, whole=whole) if board.accounts else [Text(words.say("scoreboard.none_fits"))]
    if not first:
        items += _measures(board, found, words)
    items += () if whole else _foot(board, found, words, is_first=not first)
    return Page(_title(board, found, words), tuple(items), key="scoreboard")


def _filter(board: Scoreboard, words: Words) -> str:
    return words.raw("scoreboard.filter", wanted=board.wanted, names=board.names, plays=board.plays).strip()


def _heading(board: Scoreboard, found: Measured, words: Words) -> Iterator[Item]:
    sentence, period = _filter(board, words), board.program.period
    brief = shortened(sentence, FILTER_CHARACTERS)
    count, total = len(board.accounts), len(board.program.accounts)
    month, paused = month_text(period), found.paused
    yield Heading(words.raw("scoreboard.heading", month=month, wanted=brief, count=count, total=total, paused=paused))
    if brief != sentence:
        yield Text(escape(sentence))


def _title(board: Scoreboard, found: Measured, words: Words) -> str:
    return words.raw(
        "scoreboard.title",
        month=month_text(board.program.period),
        wanted=_filter(board, words),
        count=len(board.accounts),
        buckets={bucket.value: found.buckets.get(bucket, 0) for bucket in Bucket},
    )


def _empty_board(board: Scoreboard, words: Words) -> Iterator[Item]:
    since = board.program.history_since
    if since is not None and since > board.program.period.last:
        yield Text(words.say("scoreboard.before_history", since=since))
    else:
        yield Text(words.say("scoreboard.empty"))
    yield Buttons((labelled(words, "abm.list"),))


def _table(board: Scoreboard, words: Words, first: int, *, whole: bool) -> Iterator[Item]:
    """The table of the accounts after the first ones, and one more than fit so that it has its button for more."""
    program, total = board.program, len(board.accounts)
    shown = board.accounts[first:] if whole else board.accounts[first : first + ROWS + 1]
    rows = [scoreboard_row(each, program) for each in shown]
    today = program.period.last
    yield SortableTable(
        words.raw("scoreboard.caption", month=month_text(program.period), count=total),
        HEADER,
        table_rows(rows, words, people=program.people, today=today),
        PAGE_ROWS,
        None if whole else labelled(words, "scoreboard.more", board.words),
        before=first,
        total=total,
    )


def _measures(board: Scoreboard, found: Measured, words: Words) -> Iterator[Item]:
    program = board.program
    if found.named:
        label = words.say("scoreboard.program_label", is_filtered=not board.wanted.is_empty)
        yield Rows((label, *figure_lines(found, words)))
        yield from chart_items(program, words)
    else:
        yield Text(words.say("scoreboard.all_paused", count=found.paused))
    if program.history_since is not None and program.history_since >= program.period.first:
        yield Note(words.say("scoreboard.since", on=program.history_since))
    if not program.period.is_running:
        later = sum(len(each.recorded_later) for each in program.accounts)
        yield Note(words.say("scoreboard.as_of", on=program.period.last, later=later))


def _foot(board: Scoreboard, found: Measured, words: Words, *, is_first: bool) -> Iterator[Item]:
    """All measures and the accounts behind a number; the page without its filter, and as a file."""
    if is_first:
        label = words.raw("scoreboard.behind_label")
        yield from behind_menu(label, counted(found.results, figures_shown(found)), board.month, words)
    whole = () if board.wanted.is_empty else (labelled(words, "scoreboard.all", board.month),)
    files = file_buttons(words, ReportKind.SCOREBOARD, board.month)
    yield Buttons((labelled(words, "measures.all", board.month), *whole), files)
