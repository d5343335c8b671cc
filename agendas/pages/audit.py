"""The audit, and the accounts behind one of its checks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from agendas.facts.account import AccountState
from agendas.facts.measures import (
    Audit,
    Check,
    CheckResult,
    NextThing,
    Period,
    Program,
    RowResult,
    Step,
    TrendKind,
    TrendPoint,
    Unjudged,
    Verdict,
)
from agendas.facts.people import PersonFacts
from agendas.facts.program import DEFAULTS, ProgramSettings, ReportKind
from agendas.pages.admin import file_buttons
from agendas.rendering.page import Button, Buttons, Heading, Item, Line, Menu, Note, Page, Rows, Text
from agendas.rendering.words import Words, labelled
from agendas.rules.access import Permission, may
from agendas.rules.audit import WINDOW_DAYS, Because, audit, named_accounts
from agendas.rules.measures import month_text, written_period

# The button for the one thing to do next about a failed check.

Way = tuple[str, Permission, str]
"""The action of a button, the right that a person needs for it, and words of its value after the account's id."""

OF_ACCOUNT: Mapping[Step, Way] = {
    Step.MAKE_ROOM: ("account.open", Permission.READ, ""),
    Step.GIVE_TIER: ("account.page", Permission.READ, "fit"),
    Step.JUSTIFY: ("list.justify", Permission.DECIDE, ""),
    Step.SCORE: ("fit.score", Permission.NOMINATE, ""),
    Step.ASK_FUNCTION: ("account.page", Permission.READ, "fit"),
    Step.SAY_NO: ("account.open", Permission.READ, ""),
    Step.WRITE_NARRATIVE: ("narrative.write", Permission.RECORD, ""),
    Step.START_PLAY: ("plays.start", Permission.RECORD, ""),
    Step.END_PLAY: ("account.page", Permission.READ, "plays"),
    Step.ADD_ACTION: ("account.next", Permission.RECORD, ""),
    Step.SETTLE_ACTIONS: ("account.update", Permission.RECORD, ""),
    Step.STOP_PLAY: ("account.page", Permission.READ, "plays"),
    Step.TOUCH: ("account.update", Permission.RECORD, ""),
    Step.SCORE_IMPLEMENTATION: ("account.page", Permission.READ, "fit"),
    Step.ADD_USE_CASE: ("product.add", Permission.ADD_PRODUCT, ""),
    Step.ADD_PRODUCT_INPUT: ("product.add", Permission.ADD_PRODUCT, ""),
    Step.SHOW_EVIDENCE: ("evidence.add", Permission.RECORD, ""),
    Step.FILL_DEALS: ("account.page", Permission.READ, "deals"),
    Step.REWORD: ("account.history", Permission.READ, ""),
}
"""Ways to do what is to be done at an account."""

OF_PROGRAM: Mapping[Step, tuple[str, Permission]] = {
    Step.REVIEW_LIST: ("audit.list_reviewed", Permission.DECIDE),
    Step.OPEN_REPORT: ("menu.executive", Permission.READ),
}
"""Ways to do what concerns no single account. To bring people into a meeting there is no button."""


def step_button(thing: NextThing, words: Words, reader: PersonFacts | None) -> Button | None:
    """Return the button that opens the form or page for it; None where there is none that the reader may use."""
    if thing.account_id is None:
        action, permission = OF_PROGRAM.get(thing.step, ("", Permission.READ))
        return labelled(words, action) if action and _may(reader, permission) else None
    action, permission, rest = OF_ACCOUNT[thing.step]
    return labelled(words, action, f"{thing.account_id} {rest}".strip()) if _may(reader, permission) else None


def _may(reader: PersonFacts | None, permission: Permission) -> bool:
    """Return true where everybody reads the page: the right is asked again when somebody presses."""
    return reader is None or may(reader, permission)


# The audit on one page: five rows with what fails and what to do next, the practical test, and missing foundations.

MONTHS_BEFORE = 5
"""Earlier months whose verdicts a row shows: half a year with its own. Ours."""


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
        accounts = named_accounts(program)
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
        return written_period(self.period)

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return tuple(each for row in self.audit.rows for each in row.checks)


def audit_page(view: AuditView, words: Words, *, reader: PersonFacts | None = None) -> Page:
    """The audit, current or of a past month; only the current one has buttons for what to do next.

    `reader`: the person who reads it; without one everybody does, as in a channel.
    """
    heading = Heading(words.raw("audit.heading", month=month_text(view.period)))
    if not view.named:
        title = words.raw("audit.nothing_title", month=month_text(view.period))
        return Page(title, (heading, *_empty_audit(view, words)), key="audit")
    counts = Counter(row.verdict for row in view.audit.rows)
    verdicts = {each.value: counts[each] for each in Verdict}
    held, lines = sum(each.holds is True for each in view.audit.practice), len(view.audit.practice)
    items: list[Item] = [
        heading,
        Text(words.say("audit.summary", **verdicts, held=held, lines=lines)),
        *(item for row in view.audit.rows for item in _row(row, view, words, reader)),
        *_practice_and_foundations(view, words, held),
        *_notes(view, words),
        *_behind(view, words),
        Buttons(file_buttons(words, ReportKind.AUDIT, view.month)),
    ]
    title_counts = {each.value: counts[each] for each in (Verdict.STRONG, Verdict.MIXED, Verdict.WEAK)}
    return Page(words.raw("audit.title", month=month_text(view.period), **title_counts), tuple(items), key="audit")


def _empty_audit(view: AuditView, words: Words) -> Iterator[Item]:
    if view.history_since is not None and view.history_since > view.period.last:
        yield Text(words.say("audit.before_history", since=view.history_since))
    elif view.paused:
        yield Text(words.say("audit.paused", count=view.paused))
    else:
        yield Text(words.say("audit.empty"))
    yield Buttons((labelled(words, "abm.list"),))


def _row(row: RowResult, view: AuditView, words: Words, reader: PersonFacts | None) -> Iterator[Item]:
    """The row's verdict and those of earlier months, then each failed check with its next step."""
    before = [
        (f"{point.on:%b}", code)
        for point in view.trend
        if point.on < view.period.first and (code := point.audit.get(row.row.value))
    ][-MONTHS_BEFORE:]
    yield Rows((words.say("audit.row", result=row, before=before),))
    reply_days = view.settings.number("audit.reply")
    for result in row.failed:
        sentence = words.say("audit.failed", result=result, reply_days=reply_days)
        button = None
        if view.period.is_running and result.next_thing is not None:
            button = step_button(result.next_thing, words, reader)
        yield Line(f"• {sentence}", button) if button else Rows((f"• {sentence}",))


def _practice_and_foundations(view: AuditView, words: Words, held: int) -> Iterator[Item]:
    lines = view.audit.practice
    if lines:
        heading = words.say("audit.practice_heading", held=held, lines=len(lines))
        yield Rows((heading, *(words.say("audit.practice", result=each) for each in lines)))

    if found := view.audit.foundations:
        sentence = (
            words.say("audit.foundation", result=each, names=[_check_name(check, words) for check in each.shown_by])
            for each in found
        )
        yield Rows((words.say("audit.foundations_heading"), *sentence))


def _notes(view: AuditView, words: Words) -> Iterator[Item]:
    if not view.period.is_running:
        yield Note(words.say("audit.as_of", on=view.period.last, later=view.recorded_later))
    by_reason: dict[Unjudged, list[str]] = {}
    for each in view.checks:
        if each.unjudged is not None:
            by_reason.setdefault(each.unjudged, []).append(_check_name(each.check, words))
    if by_reason:
        yield Note(words.say("audit.not_judged", found=tuple(by_reason.items())))
    since = view.history_since
    if since is not None and (view.period.last - since).days < WINDOW_DAYS:
        yield Note(words.say("audit.young", since=since, until=since + timedelta(days=WINDOW_DAYS)))
    if view.only_account:
        yield Note(words.say("audit.one_account", name=view.only_account))


def _behind(view: AuditView, words: Words) -> Iterator[Item]:
    entries = tuple(
        (words.raw("audit.behind_entry", check=each.check, count=len(each.failing)), f"{view.month} {each.check}")
        for each in view.checks
        if each.failing
    )
    if entries:
        yield Menu(words.raw("audit.behind_label"), "audit.behind", entries)


def _check_name(check: object, words: Words) -> str:
    return words.raw("audit.name_of_check", check=check)


# The accounts that fail one check of the audit, each with what to do about it.

ACCOUNTS_SHOWN = 10
"""Accounts on one page, as of the list."""


def behind_page(
    view: AuditView,
    check: Check,
    accounts: Sequence[tuple[AccountState, Because | None]],
    words: Words,
    *,
    reader: PersonFacts,
    start: int = 0,
) -> Page:
    """The check's figure and the accounts that fail it, after the first `start`, each with the form that fixes it.

    Args:
        view: the audit.
        check: the check that is opened.
        accounts: those that fail it, in the order of the list, each with what was found there.
        reader: the person who opened it.
        start: how many accounts come before.
    """
    result = next(each for each in view.checks if each.check is check)
    heading = words.raw("audit.behind_heading", check=check, month=month_text(view.period))
    reply_days = view.settings.number("audit.reply")
    figure = (
        words.say("audit.behind_open", result=result)
        if result.passed is None
        else words.say("audit.behind_figure", result=result, reply_days=reply_days)
    )
    items: list[Item] = [Heading(heading), Text(figure)]
    first = start if start < len(accounts) else 0
    following = min(first + ACCOUNTS_SHOWN, len(accounts))
    thing = result.next_thing
    # a month that is over is not mended any more
    if thing is not None and (thing.step not in OF_ACCOUNT or not view.period.is_running):
        thing = None
    for account, found in accounts[first:following]:
        sentence = words.say("audit.behind_line", account=account, check=check, found_there=found)
        wanted = replace(thing, account_id=account.account_id) if thing else None
        items.append(_account_line(account, sentence, words, step_button(wanted, words, reader) if wanted else None))
    if following - first < len(accounts):
        items.append(Note(words.say("account.span", first=first + 1, last=following, total=len(accounts))))
    if following < len(accounts):
        items.append(Buttons((labelled(words, "audit.more", f"{view.month} {check} {following}"),)))
    return Page(heading, tuple(items), key="audit-behind")


def _account_line(account: AccountState, sentence: str, words: Words, step: Button | None) -> Line:
    number = str(account.account_id)
    opens, why = labelled(words, "account.open", number), labelled(words, "account.explain", number)
    return Line(sentence, opens, (*((step,) if step is not None and step.action != opens.action else ()), why))
