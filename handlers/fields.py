"""Declared forms: a class is a form about an account, its attributes are the fields, an instance is what was entered.

    class ProductForm(fields.DeclaredForm):
        frame = forms.Frame("product_input", "Add input", "Add", keeps=("text",))

        field = fields.Choice("What it is", ProductField).required("Choose what it is.")
        text = fields.Text("What you add", multiline=True)
        link = fields.Link("Link", optional=True)

        async def submitted(self, request, deps):
            return await forms.submit(request, deps, give_product_input, self.field, self.text, link=self.link)

`ProductForm.form` is what the subject's table and `forms.open_form` take. The view, what was typed before, the
sentences at wrong fields and the values as their types all follow from the fields.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, Self, TypeVar, cast

from agendas.errors import FieldProblems
from agendas.facts.evidence import Evidence
from agendas.rendering.words import spoken
from agendas.rules.access import Permission
from agendas.text.evidence import take_links
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, slack_id, values_of
from handlers.edge.replies import Reply, View
from handlers.edge.request import Request, number_in

Entered_co = TypeVar("Entered_co", covariant=True)
Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

Wording = str | Callable[[forms.AccountFacts], str]
"""Words, or a function that gives them for the account that the form is about."""


def worded(words: Wording, facts: forms.AccountFacts) -> str:
    return words if isinstance(words, str) else words(facts)


def written(value: object) -> str:
    """A value as Slack gives it back: a day as `YYYY-MM-DD`, several joined by commas, nothing as ''."""
    if isinstance(value, tuple):
        return ",".join(map(written, value))
    return value.isoformat() if isinstance(value, date) else str(value) if value is not None else ""


# The parts of a form, in the order of the class's attributes.


class Note:
    """Small print; left out where there are no words."""

    def __init__(self, words: Wording) -> None:
        self.words = words

    def drawn(self, facts: forms.AccountFacts) -> list[Field]:
        words = worded(self.words, facts)
        return [forms.small(words)] if words else []


class Line(Note):
    """A line of ordinary size; unlike small print it is drawn in any case."""

    def drawn(self, facts: forms.AccountFacts) -> list[Field]:
        return [forms.line(worded(self.words, facts))]


class Input(Generic[Entered_co]):
    """A field; read from an instance of its form it is the value that was entered.

    Args:
        label, hint: the words above and below it.
        initial: what it opens with, as Slack would give it back.
        optional: true if it may be left empty.
        per_item: true if the form is about one item, `origin.subject`, and its draft is kept for that item.
    """

    name, missing = "", ""
    instead: Any = None

    def __init__(
        self,
        label: Wording,
        *,
        hint: Wording = "",
        initial: Wording = "",
        optional: bool = False,
        per_item: bool = False,
    ) -> None:
        self.label, self.hint, self.initial, self.optional, self.per_item = label, hint, initial, optional, per_item

    def __set_name__(self, form: type, name: str) -> None:
        self.name = name

    def __get__(self, form: "DeclaredForm", _class: type) -> Entered_co:
        return cast("Entered_co", form.values[self.name])

    def block_id(self, origin: forms.Origin) -> str:
        return f"{self.name}/{origin.subject}" if self.per_item else self.name

    def required(self: "Input[Value | None]", missing: str) -> "Input[Value]":
        """The field as one that must be filled in: `missing` is the sentence shown at it where nothing was entered."""
        self.missing = missing
        return cast("Input[Value]", self)

    def otherwise(self: "Input[Value | None]", value: Value) -> "Input[Value]":
        """The field with a value that it opens with, and that counts where nothing was entered."""
        self.instead = value
        return cast("Input[Value]", self)

    def opens_with(self, facts: forms.AccountFacts, had: object) -> str:
        """What the field opens with: its present value in `had`, else `initial`, else the value of `otherwise`."""
        present = written(getattr(had, self.name, None))
        return present or worded(self.initial, facts) or written(self.instead)

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        """The field as a block of the view; none where there is nothing to choose."""
        raise NotImplementedError

    def words(self, facts: forms.AccountFacts, initial: str) -> dict[str, Any]:
        """The arguments that all builders of fields in `forms` take, such as `forms.text`."""
        name, label, hint = self.block_id(facts.origin), worded(self.label, facts), worded(self.hint, facts)
        return {"name": name, "label": label, "hint": hint, "initial": initial, "optional": self.optional}

    def read(self, entered: Values, _now: datetime, /) -> Entered_co | None:
        """The value entered. Raises FieldProblems for one that cannot be."""
        raise NotImplementedError


class Text(Input[str]):
    """Words: on one line with single spaces between them, or `multiline` as they were typed."""

    def __init__(
        self, label: Wording, *, multiline: bool = False, most: int = forms.TEXT_CHARACTERS, **others: Any
    ) -> None:
        super().__init__(label, **others)
        self.multiline, self.most = multiline, most

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        return [forms.text(multiline=self.multiline, most=self.most, **self.words(facts, initial))]

    def read(self, entered: Values, _now: datetime, /) -> str:
        typed = entered.get(self.name, "")
        return typed.strip() if self.multiline else " ".join(typed.split())


class Link(Input[Evidence | None]):
    """One whole address and nothing else, or None for an empty field."""

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        return [forms.text(**self.words(facts, initial))]

    def read(self, entered: Values, now: datetime, /) -> Evidence | None:
        typed = entered.get(self.name, "").strip()
        links = take_links(typed, now)[1]
        if typed and (len(links) != 1 or len(typed.split()) > 1):
            sentence = "Write one whole address that begins with https://, or leave it empty."
            raise FieldProblems({self.name: sentence})
        return links[0] if links else None


class Day(Input[date | None]):
    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        return [forms.day(**self.words(facts, initial))]

    def read(self, entered: Values, _now: datetime, /) -> date | None:
        return forms.day_in(entered, self.name)


class Person(Input[str]):
    """Somebody of the workspace, by user id."""

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        return [forms.person(**self.words(facts, initial))]

    def read(self, entered: Values, _now: datetime, /) -> str:
        return slack_id(entered.get(self.name, ""))


class Choice(Input[Member | None]):
    """One of the members of an enum; `labels` are for those that `spoken` does not name well."""

    def __init__(
        self, label: Wording, members: type[Member], labels: Mapping[Member, str] | None = None, **others: Any
    ) -> None:
        super().__init__(label, **others)
        self.members = members
        self.pairs = [((labels or {}).get(each) or spoken(each).capitalize(), each.value) for each in members]

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        return [forms.select(pairs=self.pairs, **self.words(facts, initial))]

    def read(self, entered: Values, _now: datetime, /) -> Member | None:
        return forms.choice_in(entered, self.name, self.members)


class Choices(Input[tuple[Member, ...]]):
    """Any number of the members of an enum, in their order."""

    def __init__(self, label: Wording, members: type[Member], **others: Any) -> None:
        super().__init__(label, optional=True, **others)
        self.members = members

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        pairs = [(spoken(each).capitalize(), each.value) for each in self.members]
        label, hint = worded(self.label, facts), worded(self.hint, facts)
        return [forms.several(self.name, label, pairs, initial=initial.split(","), hint=hint)]

    def read(self, entered: Values, _now: datetime, /) -> tuple[Member, ...]:
        chosen = forms.several_in(entered, self.name, [each.value for each in self.members])
        return tuple(each for each in self.members if each.value in chosen)


class Pick(Input[int | None]):
    """One of the account's things, by its id: `offers` gives (label, id) pairs. Left out where there are none."""

    def __init__(
        self, label: Wording, offers: Callable[[forms.AccountFacts], Sequence[tuple[str, str]]], **others: Any
    ) -> None:
        super().__init__(label, **others)
        self.offers = offers

    def drawn(self, facts: forms.AccountFacts, initial: str) -> list[Field]:
        pairs = self.offers(facts)
        return [forms.select(pairs=pairs, **self.words(facts, initial))] if pairs else []

    def read(self, entered: Values, _now: datetime, /) -> int | None:
        chosen = entered.get(self.name, "")
        return number_in(chosen) if chosen else None


class DeclaredForm:
    """A form about an account. A subclass with a `frame` is one; one without holds fields that several share.

    `values` are what was entered, by the names of the fields, each of its type; `origin` is where it was opened.
    """

    frame: ClassVar[forms.Frame]
    form: ClassVar[forms.AccountForm]
    permission: ClassVar[Permission | None] = Permission.RECORD
    """None where `submitted` asks for it, or for nothing."""

    merges: ClassVar[bool] = False
    """True where a change that somebody else made meanwhile stays, and two changes of one field are refused."""

    parts: ClassVar[tuple[Input[Any] | Note, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the fields, those of the base class first; a class with a frame becomes a form."""
        own = tuple(each for each in vars(cls).values() if isinstance(each, Input | Note))
        cls.parts = (*cls.parts, *own)
        if hasattr(cls, "frame"):
            cls.form = forms.AccountForm(cls.frame, cls.submit, cls.build)

    def __init__(self, values: Mapping[str, Any], origin: forms.Origin) -> None:
        self.values, self.origin = dict(values), origin

    @classmethod
    def build(cls, facts: forms.AccountFacts) -> View:
        """The form as it opens: each field with what was typed before, else its present or initial value.

        Where the form merges, `origin.seen` marks what the fields opened with, not what was typed.
        """
        had, blocks, opened_with = cls.had(facts), [forms.account_line(facts.account)], {}
        for each in cls.parts:
            if isinstance(each, Note):
                blocks += each.drawn(facts)
            else:
                opened_with[each.name] = each.opens_with(facts, had)
                typed = facts.draft.get(each.block_id(facts.origin))
                blocks += each.drawn(facts, typed or opened_with[each.name])
        origin = replace(facts.origin, seen=forms.marks_of(opened_with)) if cls.merges else facts.origin
        return forms.form(cls.frame, origin, blocks)

    @classmethod
    def had(cls, _facts: forms.AccountFacts, /) -> object:
        """The present values, as attributes named like the fields; None where the form adds something."""
        return None

    @classmethod
    def read(cls, request: Request, over: object = None) -> Self:
        """What was entered; where `over` has the present values, merged with them.

        Raises FieldProblems with a sentence for each field that is wrong, missing, or changed by others meanwhile.
        """
        origin = forms.origin_of(request.view)
        # the name of a field per item ends with the item's id: `text/7`
        entered = {name.partition("/")[0]: value for name, value in values_of(request.view).items()}
        inputs = [each for each in cls.parts if isinstance(each, Input)]
        if over is not None:
            present = {each.name: written(getattr(over, each.name)) for each in inputs}
            entered = forms.merged_over(entered, origin.seen, present)
        values: dict[str, Any] = {}
        problems: dict[str, str] = {}
        for each in inputs:
            try:
                found = each.read(entered, request.now)
            except FieldProblems as wrong:
                problems |= wrong.fields
                found = None
            if each.missing and not found:
                problems.setdefault(each.name, each.missing)
            values[each.name] = each.instead if found is None else found
        form = cls(values, origin)
        if problems := problems | form.wrong(request):
            raise FieldProblems(
                {each.block_id(origin): problems[each.name] for each in inputs if each.name in problems}
            )
        return form

    def wrong(self, _request: Request, /) -> dict[str, str]:
        """Sentences for what only the form knows to be wrong. What could not be read is None here."""
        return {}

    @classmethod
    async def submit(cls, request: Request, deps: Deps) -> Reply:
        if cls.permission:
            request.require(cls.permission)
        return await cls.read(request).submitted(request, deps)

    async def submitted(self, request: Request, deps: Deps) -> Reply:
        raise NotImplementedError
