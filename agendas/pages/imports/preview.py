"""Preview of an import in Slack, with the questions about its file, and the page of its outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from agendas.pages.imports.past import undo_button
from agendas.pages.reviews.sections.deal_stage import confirm_line
from agendas.rendering.buttons import labelled
from agendas.rendering.mrkdwn import Mrkdwn
from agendas.rendering.page import Button, Buttons, Divider, Heading, Item, Note, Page, Rows, Table, Text
from agendas.rendering.words import Words
from agendas.rules.deals.proposed_stage import RunProposals
from agendas.rules.imports.questions import CompanyQuestion, ImportQuestions
from agendas.text.limits import shortened

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
        """True if there is anything to write."""
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
    count = len(found.standing)
    if not count:
        return ()
    items: list[Item] = [Divider(), Text(words.say("deals.proposed_label", count=count))]
    items += [confirm_line(each, words, zone=zone, today=today) for each in found.standing[:PROPOSALS_SHOWN]]
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
