"""Previews and summaries of imported files, with the reason for each row."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from agendas.facts.deals import OpportunityProfile
from agendas.facts.events import IN_CHARGE, Profile
from agendas.facts.group import ContactProfile
from agendas.pages.sections import confirm_line
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Button, Buttons, Confirm, Divider, Heading, Item, Line, Note, Page, Rows, Table, Text
from agendas.rendering.words import Words, labelled, money
from agendas.rules.deals import RunProposals
from agendas.rules.import_accounts import PlannedRow, Unnamed
from agendas.rules.import_deals import PlannedDeal
from agendas.rules.import_people import PlannedPerson
from agendas.rules.import_questions import CompanyQuestion, ImportQuestions
from agendas.rules.import_signals import PlannedSignal
from agendas.rules.import_tables import (
    CellCause,
    CellProblem,
    ImportFile,
    ImportPlan,
    Planned,
    SkipCause,
    Verdict,
    one_line,
)
from agendas.text.dates import local_date
from agendas.text.limits import shortened

# Remarks on the rows of an import of accounts.

FIELD_WORDS = {
    "name": "name",
    "domain": "domain",
    "segment": "segment",
    "owner": "owner",
    "marketing_partner": "marketing partner",
    "our_executive": "our executive",
    "value_cents": "value",
    "crm_id": "CRM record",
}
PARTS = {"owner_name": "owner", "currency": "value_cents", "crm_system": "crm_id"}
"""Fields of a profile that are shown as part of another."""


def account_reasons(row: PlannedRow, people: Mapping[str, str]) -> Iterator[str]:
    """Return the remarks on an account's row: why it is skipped, its changes, and values that were not understood.

    `people` has names by id.
    """
    if row.unnamed_because:
        yield row.unnamed_because
    if row.reason:
        yield row.reason
    elif row.before is not None and row.after is not None:
        changed = dict.fromkeys(PARTS.get(name, name) for name in row.changed)
        for name in changed:
            yield f"{FIELD_WORDS[name]} {_shown(row.before, name, people)} → {_shown(row.after, name, people)}"
    elif row.after is not None:
        # who is in charge stands in columns of its own where accounts are named
        left_out = ("name", *IN_CHARGE) if row.tier else ("name",)
        known = [name for name in FIELD_WORDS if name not in left_out and _shown(row.after, name, people) != NOTHING]
        yield ", ".join(f"{FIELD_WORDS[name]} {_shown(row.after, name, people)}" for name in known) or "name only"
    if row.is_restored:
        yield "candidate again"
    if row.stage is not None:
        yield f"stage {row.stage.value}"
    if row.because:
        yield row.because
    if row.why_now:
        yield f"why now: {row.why_now}"
    if row.motion:
        yield f"motion: {row.motion}"
    yield from row.notes


NOTHING = "none"


def _shown(profile: Profile, name: str, people: Mapping[str, str]) -> str:
    if name in IN_CHARGE:
        person = getattr(profile, name)
        said = people.get(person, person) if person else profile.owner_name if name == "owner" else ""
    elif name == "value_cents":
        said = money(profile.value_cents, profile.currency) if profile.value_cents is not None else ""
    elif name == "crm_id":
        said = f"{profile.crm_system} {profile.crm_id}" if profile.crm_id else ""
    else:
        said = getattr(profile, name)
    return said or NOTHING


def _in_charge(role: str, row: PlannedRow, people: Mapping[str, str]) -> str:
    said = _shown(row.after, role, people) if row.after else NOTHING
    return "" if said == NOTHING else said


NAMING_COLUMNS: Mapping[str, Callable[[PlannedRow, Mapping[str, str]], str]] = {
    "Tier": lambda row, _people: f"{row.tier}" if row.tier else "",
    "Owner": partial(_in_charge, "owner"),
    "Marketing partner": partial(_in_charge, "marketing_partner"),
    "Our executive": partial(_in_charge, "our_executive"),
}
"""Columns of a preview that says which accounts would be named: what they say of a row, by heading."""


# Remarks on the rows of an import of deals.


def deal_reasons(row: PlannedDeal, _people: Mapping[str, str]) -> Iterator[str]:
    if row.reason:
        yield row.reason
    elif row.change is not None or row.steps:
        yield row.account_name
    if row.change is not None:
        yield from _news(row.before, row.change.opportunity)
        if row.happened_at is not None:
            yield f"since {_day(row, row.happened_at)}"
        elif row.before is None:
            yield "since when is not said"
    if row.steps:
        stages = ", ".join(f"{change.opportunity.stage_name} {_day(row, at)}" for change, at in row.steps)
        yield f"before that {stages}"
    yield from row.notes


def _day(row: PlannedDeal, instant: datetime) -> str:
    return f"{local_date(instant, row.zone):%d %b %Y}"


def _news(before: OpportunityProfile | None, after: OpportunityProfile) -> Iterator[str]:
    for words, values in (
        ("stage", (before and _stage(before), _stage(after))),
        ("amount", (before and _amount(before), _amount(after))),
        ("closes", (before and _closes(before), _closes(after))),
        ("type", (before and before.type.replace("_", " "), after.type.replace("_", " "))),
        ("next step", (before and before.next_step, after.next_step)),
        ("name", (before and before.name, after.name)),
    ):
        was, is_now = values
        if before is None:
            if is_now and words in ("stage", "amount", "closes"):
                yield f"{words} {is_now}"
        elif was != is_now:
            yield f"{words} {was or 'none'} → {is_now or 'none'}"


def _stage(deal: OpportunityProfile) -> str:
    return f"{deal.stage_name} ({deal.phase})"


def _amount(deal: OpportunityProfile) -> str:
    return money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else ""


def _closes(deal: OpportunityProfile) -> str:
    return f"{deal.closes_on:%d %b %Y}" if deal.closes_on is not None else ""


# The imports of the past: each with its file, its numbers, who and when, and a button that undoes it.


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import. `user_id` is empty for the command line; `left` are rows to write, or to take back once it is undone.

    `is_undoing` while the bot takes it back.
    """

    run_id: int
    file_name: str
    what: str
    user_id: str
    applied_at: datetime
    counts: Mapping[str, int]
    left: int = 0
    undone_at: datetime | None = None
    is_undoing: bool = False

    @property
    def can_be_undone(self) -> bool:
        return not self.is_undoing and (self.undone_at is None or bool(self.left))


def past_page(imports: Sequence[PastImport], words: Words, *, zone: str, now: datetime, told: str = "") -> Page:
    """The past imports, newest first, below `told`, the outcome of the last click in mrkdwn."""
    items: list[Item] = [Heading(words.raw("imports.past_heading"))]
    if told:
        items.append(Text(told))
    for each in imports:
        line = words.say("imports.past_line", each=each, zone=zone, today=local_date(now, zone))
        items.append(Line(line, undo_button(words, each.run_id)) if each.can_be_undone else Text(line))
    if not imports:
        items.append(Text(words.say("imports.past_none")))
    return Page(words.raw("imports.past_title", count=len(imports)), tuple(items), key="past_imports")


def undo_button(words: Words, run_id: int, action: str = "import.undo") -> Button:
    confirm = Confirm(
        words.raw("imports.undo_title"),
        words.raw("imports.undo_text"),
        words.raw("imports.undo_yes"),
        words.raw("imports.undo_no"),
    )
    return labelled(words, action, str(run_id), confirm=confirm)


# Remarks on the rows of an import of people.


def person_reasons(row: PlannedPerson, _people: Mapping[str, str]) -> Iterator[str]:
    if row.reason:
        yield row.reason
    elif row.after is not None:
        yield row.account_name
        was = dict(_fields(row.before)) if row.before else {}
        for name, said in _fields(row.after):
            if row.before is None and name != "name" and said not in ("", "unknown"):
                yield f"{name} {said}"
            elif row.before is not None and was[name] != said:
                yield f"{name} {was[name] or 'none'} → {said or 'none'}"
    yield from row.notes


def _fields(profile: ContactProfile) -> Iterator[tuple[str, str]]:
    yield "name", profile.name
    yield "title", profile.title
    yield "e-mail", profile.email
    yield "roles", ", ".join(role.value.replace("_", " ") for role in profile.roles)
    yield "suggested", ", ".join(role.value.replace("_", " ") for role in profile.suggested_roles)
    yield "support", profile.support.value.replace("_", " ")
    yield "contact", profile.depth.value.replace("_", " ")
    yield "last touch", f"{profile.touched_on:%d %b %Y}" if profile.touched_on else ""
    yield "left", f"{profile.left_on:%d %b %Y}" if profile.left_on else ""
    yield "CRM record", f"{profile.crm_system} {profile.crm_id}" if profile.crm_id else ""


# Preview of an import in Slack, with the questions about its file, and the page of its outcome.

SHOWN = 20
"""Stages, and lines left out, that are named."""

NAME_CHARACTERS = 100

PROPOSALS_SHOWN = 10
"""Stages implied by deals that have a button of their own: one click takes all."""


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the file: its line, what it is of, what becomes of it, why, and the cells of the further columns."""

    line: int
    name: str
    verdict: str
    why: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file as it was read. `mark` names it and the time it is shown; `rows` are those shown of all.

    `wrong` says in raw sentences, by column and cause, what is not taken as it stands, and what to do.

    `counts` has how many rows get each verdict, and is empty when the file cannot be read before something is said.
    `columns` are the headings of the rows' further cells, `named` how many accounts would be named in each tier.
    `is_typed` where accounts were named in words, and there is no file.
    """

    mark: str
    file_name: str
    about: str
    row_heading: str
    counts: Mapping[str, int]
    rows: Sequence[PreviewRow]
    questions: ImportQuestions
    wrong: Sequence[str] = ()
    columns: tuple[str, ...] = ()
    named: Mapping[int, int] = field(default_factory=dict)
    is_typed: bool = False

    @property
    def changes_anything(self) -> bool:
        return bool(self.counts.get("create") or self.counts.get("update"))


def preview_page(preview: ImportPreview, words: Words) -> Page:
    """Return the preview: counts, trouble and what to do, questions, then buttons and rows."""
    items: list[Item] = [Heading(words.raw("imports.heading", name=preview.file_name, is_typed=preview.is_typed))]
    if preview.counts:
        items += _summary(preview, words)
    items += _asked(preview.questions, words)
    # before the rows, which may go on in the thread
    if buttons := tuple(_buttons(preview, words)):
        items += [Buttons(buttons), Note(words.say("imports.nothing_yet"))]
    if preview.counts:
        items += _rows(preview, words)
    title = words.raw("imports.title", name=preview.file_name, counts=preview.counts, is_typed=preview.is_typed)
    return Page(title, tuple(items), key="import")


def done_page(
    sentence: str,
    words: Words,
    *,
    file_name: str,
    lines_left_out: Sequence[int] = (),
    proposed: Sequence[Item] = (),
    run_id: int | None = None,
    is_typed: bool = False,
) -> Page:
    """Return the outcome of the file, a raw sentence, with the lines that others changed first, and what deals propose.

    `proposed` are the items of `proposed_stages`, `run_id` is the import that a button can undo. `is_typed` as in a
    preview.
    """
    items: tuple[Item, ...] = (Text(words.say("imports.about", text=sentence)),)
    if lines_left_out:
        lines = [str(line) for line in lines_left_out[:SHOWN]]
        if len(lines_left_out) > SHOWN:
            lines.append(words.raw("imports.more", count=len(lines_left_out) - SHOWN))
        items = (*items, Text(words.say("imports.left_out", lines=lines)))
    if run_id is not None:
        past = () if is_typed else (labelled(words, "import.past"),)
        undo = undo_button(words, run_id, "naming.undo" if is_typed else "import.undo")
        items = (*items, Buttons((undo, *past)))
    title = words.raw("imports.heading", name=file_name, is_typed=is_typed)
    return Page(title, (Heading(title), *items, *proposed), key="import")


def proposed_stages(found: RunProposals, words: Words, *, zone: str, today: date) -> tuple[Item, ...]:
    """Return the stages that imported deals imply, each with its button, and one button for all."""
    count = len(found.unanswered)
    if not count:
        return ()
    items: list[Item] = [Divider(), Text(words.say("deals.proposed_label", count=count))]
    items += [confirm_line(each, words, zone=zone, today=today) for each in found.unanswered[:PROPOSALS_SHOWN]]
    if count > PROPOSALS_SHOWN:
        items.append(Note(words.say("deals.more_proposed", count=count - PROPOSALS_SHOWN)))
    if count > 1:
        label = words.raw("deals.confirm_all", count=count)
        items.append(Buttons((Button(label, "deal.confirm_all", str(found.run_id)),)))
    return tuple(items)


def _buttons(preview: ImportPreview, words: Words) -> Iterator[Button]:
    """What can be done with the file: named, only imported, and asked. One of them is the likely one."""
    kind, named, asked = (
        "naming" if preview.is_typed else "import",
        sum(preview.named.values()),
        preview.questions.naming,
    )
    waits = not named and asked is not None and (preview.is_typed or asked.unreasoned > 0)
    if named:
        label = words.raw("imports.name_all", count=named, is_import=not preview.is_typed)
        yield Button(label, f"{kind}.name", preview.mark, style="primary")
    if preview.changes_anything and not preview.is_typed:
        if named or waits:
            yield Button(words.raw("imports.as_candidates"), "import.apply", preview.mark)
        else:
            yield labelled(words, "import.apply", preview.mark, style="primary")
    if preview.questions.are_there:
        yield labelled(words, "import.answer", preview.mark)
    if asked is not None:
        yield labelled(words, f"{kind}.reasons", preview.mark, style="primary" if waits else "")


def _summary(preview: ImportPreview, words: Words) -> Iterator[Item]:
    if not preview.is_typed:
        yield Text(words.say("imports.about", text=preview.about))
        yield Text(words.say("imports.counts", counts=preview.counts))
    if preview.named or preview.questions.naming or preview.is_typed:
        yield Text(words.say("imports.naming", named=preview.named, asked=preview.questions.naming))
    if preview.wrong:
        lines = (Mrkdwn(f"• {words.say('imports.about', text=each)}") for each in preview.wrong)
        yield Rows((words.say("imports.wrong_label"), *lines))


def _rows(preview: ImportPreview, words: Words) -> list[Item]:
    total = sum(preview.counts.values())
    items: list[Item] = []
    if preview.rows:
        header = (
            *(() if preview.is_typed else (words.raw("imports.line"),)),
            preview.row_heading,
            words.raw("imports.verdict"),
            *preview.columns,
            words.raw("imports.why"),
        )
        cells = tuple(
            (*(() if preview.is_typed else (str(row.line),)), row.name, row.verdict, *row.cells, row.why)
            for row in preview.rows
        )
        items.append(Table(header, cells, words.say("imports.rows", shown=len(preview.rows), total=total)))
    if not (preview.changes_anything or preview.questions.are_there or preview.is_typed):
        items.append(Text(words.say("imports.nothing")))
    return items


def _asked(questions: ImportQuestions, words: Words) -> list[Item]:
    items: list[Item] = []
    if questions.unsaid:
        items.append(Text(words.say("imports.unsaid", question=questions.unsaid, about=questions.about)))
    elif questions.lacks_currency:
        items.append(Text(words.say("imports.currency")))
    if questions.stages:
        shown = [replace(each, name=shortened(each.name, NAME_CHARACTERS)) for each in questions.stages[:SHOWN]]
        more = len(questions.stages) - len(shown)
        items.append(Rows(words.lines("imports.stages", stages=shown, more=more)))
    if questions.companies:
        items.append(Rows(tuple(_companies(questions.companies, words))))
    if questions.untyped:
        items.append(Text(words.say("imports.untyped", count=questions.untyped)))
    return items


def _companies(asked: Sequence[CompanyQuestion], words: Words) -> Iterator[Mrkdwn]:
    yield words.say("imports.companies_label")
    for each in asked[:SHOWN]:
        names = [name for _, name in each.choices]
        label = shortened(each.label, NAME_CHARACTERS)
        yield Mrkdwn(f"• {words.say('imports.company', label=label, rows=each.rows, names=names)}")
    if len(asked) > SHOWN:
        yield Mrkdwn(f"• {words.say('imports.more_companies', count=len(asked) - SHOWN)}")


# Remarks on the rows of an import of signals.


def signal_reasons(row: PlannedSignal, _people: Mapping[str, str]) -> Iterator[str]:
    if row.reason:
        yield row.reason
    elif row.given is not None:
        yield f"{row.given.occurred_at:%d %b %Y}"
        yield row.given.strength.value
        if row.given.person:
            yield row.given.person
        if row.verdict is Verdict.UPDATE:
            yield "was taken back, counts again"
    yield from row.notes


# Sentences about the file of an import as a whole, and the choice of rows to show.

RowT = TypeVar("RowT", bound=Planned)

PROPOSALS_NAMED = 10
UNUSED_NAMED = 30
HEADER_CHARACTERS = 60
LINES_NAMED = 10
SAID_CHARACTERS = 60
BECAUSE_CHARACTERS = 240

ASKED_IN_FORM = (Unnamed.NO_TIER, Unnamed.NO_REASON)
"""Causes for which an account is not named yet, of which the preview asks."""

COUNTED = {
    Verdict.CREATE: "to create",
    Verdict.UPDATE: "to update",
    Verdict.UNCHANGED: "unchanged",
    Verdict.SKIP: "skipped",
}


def file_line(file: ImportFile[Any], file_name: str) -> str:
    """Return the kind of the file, the CRM of its ids where it is another one, and its unused columns."""
    table = file.table
    rows = f"{len(file.rows):,} row{'s' if len(file.rows) != 1 else ''}"
    said = f"{file_name}: {file.columns.kind.value}, {rows}, {table.encoding}, separated by {table.delimiter}."
    if file.columns.crm:
        said += f" Ids of {file.columns.crm}."
    unused = [shortened(header, HEADER_CHARACTERS) for header in file.columns.unused[:UNUSED_NAMED]]
    if len(file.columns.unused) > UNUSED_NAMED:
        unused.append(f"{len(file.columns.unused) - UNUSED_NAMED:,} more")
    return one_line(f"{said} Not used: {', '.join(unused)}." if unused else said)


def counts_line(plan: ImportPlan[Any]) -> str:
    """Return the counts by verdict, like `4 to create, 1 to update, 0 unchanged, 2 skipped`."""
    return ", ".join(f"{plan.counts[verdict]:,} {words}" for verdict, words in COUNTED.items()) + "."


def wrong_lines(file: ImportFile[Any], plan: ImportPlan[Any], words: Words) -> list[str]:
    """Return raw sentences on what is not imported as written and what to do: by column and cause, then skipped rows.

    Each names how many there are, and an example with its line.
    """
    cells: dict[tuple[str, CellCause], list[CellProblem]] = defaultdict(list)
    for problem in file.problems:
        cells[problem.column, problem.cause].append(problem)
    lines = [
        words.raw(
            "imports.cells",
            cause=cause.value,
            column=column,
            count=len(found),
            said=shortened(found[0].said, SAID_CHARACTERS),
            lines=_lines([each.line for each in found]),
        )
        for (column, cause), found in cells.items()
    ]
    lines += (*_owners_lines(plan, words), *unnamed_lines(plan, words))
    skipped: dict[SkipCause, list[Planned]] = defaultdict(list)
    for row in plan.of(Verdict.SKIP):
        if row.cause is not None:
            skipped[row.cause].append(row)
    return lines + [
        words.raw(
            "imports.skipped",
            cause=cause.value,
            count=len(rows),
            line=f"{rows[0].line:,}",
            name=shortened(rows[0].name, SAID_CHARACTERS),
        )
        for cause, rows in skipped.items()
    ]


def _owners_lines(plan: ImportPlan[Any], words: Words) -> Iterator[str]:
    """Lines on unknown owners: accounts that will have no owner, and accounts that keep the one they have."""
    unknown = [row for row in plan.rows if isinstance(row, PlannedRow) and row.unknown_owner]
    for stays in (False, True):
        rows = [row for row in unknown if row.owner_stays is stays]
        if rows:
            said, line = shortened(rows[0].unknown_owner, SAID_CHARACTERS), f"{rows[0].line:,}"
            yield words.raw("imports.owners", count=len(rows), said=said, line=line, stays=stays)


def unnamed_lines(plan: ImportPlan[Any], words: Words) -> Iterator[str]:
    """Why accounts with a tier would not be named, and what can be done, by cause."""
    found: dict[str, list[PlannedRow]] = defaultdict(list)
    for row in plan.rows:
        if isinstance(row, PlannedRow) and row.unnamed and row.unnamed not in ASKED_IN_FORM:
            found[row.unnamed].append(row)
    for cause, rows in found.items():
        name = shortened(rows[0].name, SAID_CHARACTERS)
        because = shortened(rows[0].unnamed_because, BECAUSE_CHARACTERS)
        yield words.raw("imports.unnamed", cause=cause, count=len(rows), name=name, because=because)


def named_by_tier(plan: ImportPlan[Any]) -> dict[int, int]:
    found = Counter(row.tier for row in plan.rows if isinstance(row, PlannedRow) and row.tier is not None)
    return dict(sorted(found.items()))


def verdict_text(row: Planned) -> str:
    """The verdict on the row, and that its account is named."""
    if not (isinstance(row, PlannedRow) and row.tier is not None):
        return row.verdict.value
    stored = row.verdict is Verdict.CREATE or row.changed or row.is_restored
    return f"{row.verdict.value}, name" if stored else "name"


def _lines(numbers: Sequence[int]) -> list[str]:
    shown = [f"{number:,}" for number in numbers[:LINES_NAMED]]
    return shown if len(numbers) <= LINES_NAMED else [*shown, f"{len(numbers) - LINES_NAMED:,} more"]


def proposed_line(found: RunProposals) -> str:
    """Return which accounts have a stage proposed by imported deals and where to confirm it, or ''."""
    count = len(found.unanswered)
    named = [f"{each.account_name} ({each.proposal.stage.value})" for each in found.unanswered[:PROPOSALS_NAMED]]
    if count > PROPOSALS_NAMED:
        named.append(f"{count - PROPOSALS_NAMED:,} more")
    deals = f"{count:,} deal{' implies' if count == 1 else 's imply'} a later stage"
    return f"{deals}: {', '.join(named)}. Confirm on the card or agenda in Slack." if count else ""


def rows_shown(plan: ImportPlan[RowT], *, most: int, first: int, troubles: int, named: int = 0) -> Sequence[RowT]:
    """All rows of a file with up to `most`; from a longer file, the rows to show, in file order.

    Of each verdict the `first` so many are shown, so many that are skipped or have something not understood as
    `troubles` says, and so many that are to be named, or not for want of room, as `named` says.
    """
    if len(plan.rows) <= most:
        return plan.rows
    shown = {id(row) for verdict in Verdict for row in plan.of(verdict)[:first]}
    shown |= {id(row) for row in plan.of(Verdict.SKIP)[:troubles]}
    shown |= {id(row) for row in [row for row in plan.rows if row.notes][:troubles]}
    to_name = [row for row in plan.rows if isinstance(row, PlannedRow) and (row.tier or row.unnamed_because)]
    shown |= {id(row) for row in to_name[:named]}
    return [row for row in plan.rows if id(row) in shown]
