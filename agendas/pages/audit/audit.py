"""The audit on one page: five rows with what fails and what to do next, the practical test, and missing foundations."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agendas.facts.measures.audit import Audit, CheckResult, RowResult, Unjudged, Verdict
from agendas.facts.measures.program import Period, Program
from agendas.facts.measures.trend import TrendKind, TrendPoint
from agendas.facts.people import PersonFacts
from agendas.facts.program.reports import ReportKind
from agendas.facts.program.settings import DEFAULTS, ProgramSettings
from agendas.pages.admin.report_buttons import file_buttons
from agendas.pages.audit.steps import step_button
from agendas.rendering.buttons import labelled
from agendas.rendering.page import Buttons, Heading, Item, Line, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words
from agendas.rules.audit.audit import audit
from agendas.rules.audit.judging import WINDOW_DAYS, named
from agendas.rules.measures.periods import month_said, written

MONTHS_BEFORE = 5
"""Earlier months whose verdicts stand beside a row's: half a year with the one shown. Ours."""


@dataclass(frozen=True, slots=True)
class AuditView:
    """The audit of a program over a period.

    `only_account` is the name of the only named one, else empty; `paused` counts those paused. `trend` has the
    verdicts of the months before, oldest first. `history_since` as of the program; `recorded_later` counts the entries
    of a past month that were recorded or corrected after it.
    """

    period: Period
    audit: Audit
    named: int
    paused: int = 0
    only_account: str = ""
    trend: tuple[TrendPoint, ...] = ()
    settings: ProgramSettings = DEFAULTS
    history_since: date | None = None
    recorded_later: int = 0

    @classmethod
    def of(cls, program: Program) -> "AuditView":
        """The audit of this program."""
        accounts = named(program)
        return cls(
            period=program.period,
            audit=audit(program),
            named=len(accounts),
            paused=len(program.accounts) - len(accounts),
            only_account=accounts[0].facts.account.name if len(accounts) == 1 else "",
            trend=tuple(point for point in program.trend if point.kind is TrendKind.MONTH),
            settings=program.settings,
            history_since=program.history_since,
            recorded_later=sum(len(each.recorded_later) for each in program.accounts),
        )

    @property
    def month(self) -> str:
        """The month as buttons carry it: `2026-10`."""
        return written(self.period)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The checks of all rows, in order."""
        return tuple(each for row in self.audit.rows for each in row.checks)


def audit_page(view: AuditView, words: Words, *, reader: PersonFacts | None = None) -> Page:
    """The audit, as it stands or of a past month; only one that stands has buttons for what to do next.

    Args:
        view: the audit.
        words: the sentences.
        reader: the person who reads it; without one everybody does, as in a channel.
    """
    heading = Heading(words.raw("audit.heading", month=month_said(view.period)))
    if not view.named:
        title = words.raw("audit.nothing_title", month=month_said(view.period))
        return Page(title, (heading, *_nothing(view, words)), key="audit")
    counts = Counter(row.verdict for row in view.audit.rows)
    verdicts = {each.value: counts[each] for each in Verdict}
    held, lines = sum(each.holds is True for each in view.audit.practice), len(view.audit.practice)
    items: list[Item] = [
        heading,
        Text(words.say("audit.summary", **verdicts, held=held, lines=lines)),
        *(item for row in view.audit.rows for item in _row(row, view, words, reader)),
        *_practice(view, words, held),
        *_foundations(view, words),
        *_notes(view, words),
        *_behind(view, words),
        Buttons(file_buttons(words, ReportKind.AUDIT, view.month)),
    ]
    title_counts = {each.value: counts[each] for each in (Verdict.STRONG, Verdict.MIXED, Verdict.WEAK)}
    return Page(words.raw("audit.title", month=month_said(view.period), **title_counts), tuple(items), key="audit")


def _nothing(view: AuditView, words: Words) -> Iterator[Item]:
    """One sentence that says why there is nothing to judge, and what to do."""
    if view.history_since is not None and view.history_since > view.period.last:
        yield Text(words.say("audit.before_history", since=view.history_since))
    elif view.paused:
        yield Text(words.say("audit.paused", count=view.paused))
    else:
        yield Text(words.say("audit.empty"))
    yield Buttons((labelled(words, "abm.list"),))


def _row(row: RowResult, view: AuditView, words: Words, reader: PersonFacts | None) -> Iterator[Item]:
    """The row's verdict with those of the months before, then each failed check with what to do next."""
    before = [
        (f"{point.on:%b}", code)
        for point in view.trend
        if point.on < view.period.first and (code := point.audit.get(row.row.value))
    ][-MONTHS_BEFORE:]
    yield Rows((words.say("audit.row", result=row, before=before),))
    reply_days = view.settings.number("audit.reply")
    for result in row.failed:
        said = words.say("audit.failed", result=result, reply_days=reply_days)
        button = None
        if view.period.is_running and result.next_thing is not None:
            button = step_button(result.next_thing, words, reader)
        yield Line(f"• {said}", button) if button else Rows((f"• {said}",))


def _practice(view: AuditView, words: Words, held: int) -> Iterator[Item]:
    lines = view.audit.practice
    if lines:
        heading = words.say("audit.practice_heading", held=held, lines=len(lines))
        yield Rows((heading, *(words.say("audit.practice", result=each) for each in lines)))


def _foundations(view: AuditView, words: Words) -> Iterator[Item]:
    if found := view.audit.foundations:
        said = (
            words.say("audit.foundation", result=each, names=[_name(check, words) for check in each.shown_by])
            for each in found
        )
        yield Rows((words.say("audit.foundations_heading"), *said))


def _notes(view: AuditView, words: Words) -> Iterator[Item]:
    """Remarks on the figures: what was not judged, a short history, a single account."""
    if not view.period.is_running:
        yield Note(words.say("audit.as_of", on=view.period.last, later=view.recorded_later))
    by_reason: dict[Unjudged, list[str]] = {}
    for each in view.checks:
        if each.unjudged is not None:
            by_reason.setdefault(each.unjudged, []).append(_name(each.check, words))
    if by_reason:
        yield Note(words.say("audit.not_judged", found=tuple(by_reason.items())))
    since = view.history_since
    if since is not None and (view.period.last - since).days < WINDOW_DAYS:
        yield Note(words.say("audit.young", since=since, until=since + timedelta(days=WINDOW_DAYS)))
    if view.only_account:
        yield Note(words.say("audit.one_account", name=view.only_account))


def _behind(view: AuditView, words: Words) -> Iterator[Item]:
    """A menu of the checks that accounts fail, each opening those accounts."""
    entries = tuple(
        (words.raw("audit.behind_entry", check=each.check, count=len(each.failing)), f"{view.month} {each.check}")
        for each in _with_accounts(view.checks)
    )
    if entries:
        yield Menu(words.raw("audit.behind_label"), "audit.behind", entries)


def _with_accounts(checks: Sequence[CheckResult]) -> Iterator[CheckResult]:
    yield from (each for each in checks if each.failing)


def _name(check: object, words: Words) -> str:
    return words.raw("audit.name_of_check", check=check)
