"""The sentences: Jinja templates in `agendas/words/<locale>`, which a workspace's folder may override."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Self, SupportsIndex
from zoneinfo import ZoneInfo

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    meta,
)
from jinja2.environment import Template
from jinja2.ext import Extension
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agendas.errors import WordsRefused
from agendas.facts.account import EventFacts
from agendas.facts.events import ActionAdded, ActionChanged, BlockerChanged, BlockerOpened, Moved, NothingMoved
from agendas.facts.evidence import EvidenceAdded, WaitingSet
from agendas.rendering.mrkdwn import Mrkdwn, escape, link, mention, parted, read
from agendas.rendering.page import Button, Confirm, Heading, Item, Note, Page, Rows, Text
from agendas.text.evidence import host_of, without_links
from agendas.text.limits import beginning
from agendas.text.limits import shortened as with_ellipsis

# Filters for templates: dates, money, counts and people as our sentences write them.

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DESCRIBED_BY_TEXT = BlockerOpened | ActionAdded | WaitingSet
"""Changes shown by their text alone, so that an address stays in it where it is all of the text."""
_MARK = re.compile("(&[a-z]+;|<[^<>]*>)")
"""An escape, a mention or a link: its letters are no text."""

STRUCK_CHARACTERS = 1_000
"""Longest stroke; a line of a message holds 3,000 characters. Ours."""

_WORDS = {"acv": "ACV", "mqa": "MQA", "dm": "DM", "exec_move": "executive move", "tech_change": "technology change"}


def day(value: date | datetime, zone: str = "UTC", today: date | None = None) -> str:
    """`Mon 30 Nov`; given `today`, the weekday only within seven days of it and another year named: `15 Jan 2027`.

    An instant is read in `zone`.
    """
    on = value.astimezone(ZoneInfo(zone)).date() if isinstance(value, datetime) else value
    weekday = f"{_DAYS[on.weekday()]} " if today is None or abs((on - today).days) <= 7 else ""
    year = f" {on.year}" if today is not None and today.year != on.year else ""
    return f"{weekday}{on.day} {_MONTHS[on.month - 1]}{year}"


def month(value: date) -> str:
    return f"{_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date | datetime, today: date, zone: str = "UTC") -> str:
    """`day` with its arguments in the order that lines of an account need."""
    return day(value, zone, today)


def time_of_day(value: datetime, zone: str) -> str:
    """`09:30 EST`; zones without an abbreviation are written `UTC+10:30`."""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {zone_name(local)}"


def day_time(value: datetime, zone: str, today: date | None = None) -> str:
    """`Mon 30 Nov 09:30 EST`."""
    return f"{day(value, zone, today)} {time_of_day(value, zone)}"


def clock(value: datetime, zone: str) -> Mrkdwn:
    """`Tue 09:00`, the time in each reader's own zone by Slack's date token; the day and the fallback in `zone`."""
    return Mrkdwn(f"{_DAYS[value.astimezone(ZoneInfo(zone)).weekday()]} {hour(value, zone)}")


def hour(value: datetime, zone: str) -> Mrkdwn:
    """`09:00`, the time in each reader's own zone by Slack's date token; the fallback in `zone`."""
    local = value.astimezone(ZoneInfo(zone))
    fallback = escape(f"{local:%H:%M} {zone_name(local)}")
    return Mrkdwn(f"<!date^{int(value.timestamp())}^{{time}}|{fallback}>")


def zone_name(local: datetime) -> str:
    """The abbreviation of an instant's zone, or `UTC+10:30` where the zone has none; `UTC` without a zone."""
    name = local.tzname() or "UTC"
    if name[0] not in "+-":
        return name
    hours, minutes = name[:3], name[3:5]
    return f"UTC{hours}" + (f":{minutes}" if minutes not in ("", "00") else "")


def money(cents: int | None, currency: str = "") -> str:
    """`USD 120,000`; cents only when there are some; `not recorded` for None."""
    if cents is None:
        return "not recorded"
    whole, rest = divmod(abs(cents), 100)
    amount = f"{'-' if cents < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"{currency} {amount}".strip()


def short_money(cents: int, currency: str = "") -> str:
    """`USD 420k`, `USD 1.2M`; an amount below ten thousand whole."""
    thousands = round(cents / 100_000)
    if abs(thousands) < 10:
        amount = f"{round(cents / 100):,}"
    elif abs(thousands) < 1_000:
        amount = f"{thousands}k"
    else:
        amount = f"{tenths(cents / 100_000_000)}M"
    return f"{currency} {amount}".strip()


def plural(count: int, one: str, many: str = "") -> str:
    """`1 account`, `2 accounts`; `many` where an s is not enough."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def days(count: int, at_least: bool = False) -> str:
    """`1 day`, `14 days`, `at least 14 days`."""
    return ("at least " if at_least else "") + plural(count, "day")


def tenths(value: float) -> str:
    """`82`, `81.9`: a number with one decimal where it has one."""
    return f"{value:.1f}".removesuffix(".0")


def spoken(value: str) -> str:
    """A value of our enums as a word: `customer success`, `MQA`."""
    return _WORDS.get(value, value.replace("_", " "))


def listed(values: Iterable[str], last: str = "and") -> Mrkdwn:
    """`Acme, Globex and Initech`, every value escaped unless it is safe already."""
    safe = [finalize(value) for value in values]
    if len(safe) < 2:
        return Mrkdwn("".join(safe))
    return Mrkdwn(f"{', '.join(safe[:-1])} {finalize(last)} {safe[-1]}")


def people(user_ids: Iterable[str], last: str = "and") -> Mrkdwn:
    return listed([mention(user_id) for user_id in user_ids], last)


def shortened(text: str, limit: int = 300) -> Mrkdwn:
    """A long text up to a word's end in the second half of `limit`, else to `limit`; then `… (more in the history)`."""
    one_line = " ".join(text.split())
    if len(one_line) <= limit:
        return escape(one_line)
    cut = beginning(one_line, limit)
    whole_words = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return Mrkdwn(f"{escape(whole_words)}… (more in the history)")


def brief(text: str, limit: int = 100) -> Mrkdwn:
    """A text on one line with an ellipsis where it is longer: Details has the whole of it."""
    return escape(with_ellipsis(text, limit))


def site(url: str) -> Mrkdwn:
    """A link with the name of its site; '' for an address that names none."""
    return link(url, host_of(url)) if host_of(url) else Mrkdwn("")


def linked_once(event: EventFacts) -> EventFacts:
    """The event without addresses in its text where it has evidence: they are shown once, as evidence."""
    change = event.change
    if not event.evidence or not isinstance(
        change, Moved | NothingMoved | EvidenceAdded | DESCRIBED_BY_TEXT | BlockerChanged | ActionChanged
    ):
        return event
    text = without_links(change.text)
    if not text and isinstance(change, DESCRIBED_BY_TEXT):
        return event
    return replace(event, change=replace(change, text=text))


def ended(text: str) -> Mrkdwn:
    """Somebody's text as a sentence: with a full stop unless it ends in a mark already."""
    safe = finalize(text)
    return safe if not safe or safe[-1] in ".!?…。" else Mrkdwn(f"{safe}.")


def struck(value: object) -> Mrkdwn:
    """Safe text struck out, in lines that no message parts; a mark in it that would end the stroke is replaced."""
    # the odd ones are the escapes, mentions and links between the texts
    parts = _MARK.split(finalize(value))
    plain = "".join(_unmarked(part, is_mark=index % 2 == 1) for index, part in enumerate(parts))
    return Mrkdwn("\n".join(f"~{piece.strip()}~" for piece in parted(plain, STRUCK_CHARACTERS) if piece.strip()))


def _unmarked(part: str, *, is_mark: bool) -> str:
    """The part without marks that would end a stroke; in a link (`is_mark`) its address is encoded instead."""
    address, bar, label = part.partition("|") if is_mark else ("", "", part)
    return address.replace("~", "%7E") + bar + label.replace("~", "\N{TILDE OPERATOR}").replace("`", "'")


def lower(value: object) -> str:
    """The text in small letters; safe text keeps its escapes, mentions and links."""
    return _in_other_letters(value, str.lower)


def upper(value: object) -> str:
    """The text in capital letters; safe text keeps its escapes, mentions and links."""
    return _in_other_letters(value, str.upper)


def capitalize(value: object) -> str:
    """The first letter a capital and the rest small; safe text keeps its escapes, mentions and links."""
    small = lower(value)
    return type(small)(small[:1].upper() + small[1:])


def _in_other_letters(value: object, change: Callable[[str], str]) -> str:
    """The text changed by `change`; of safe text not the escapes, mentions and links."""
    if not hasattr(value, "__html__"):
        return change(str(value))
    # the odd ones are the escapes, mentions and links between the texts
    parts = _MARK.split(finalize(value))
    return Mrkdwn("".join(part if index % 2 else change(part) for index, part in enumerate(parts)))


def finalize(value: object) -> Mrkdwn:
    """Escape any value put into a sentence, unless it is safe already."""
    if isinstance(value, Mrkdwn):
        return value
    safe = getattr(value, "__html__", None)
    if safe is None:
        return escape(str(value))
    # Jinja escapes for HTML the constants of a template and what is joined to safe text; Slack knows no such quotes
    return Mrkdwn(str(safe()).replace("&#39;", "'").replace("&#34;", '"'))


FILTERS: dict[str, Callable[..., Any]] = {
    "brief": brief,
    "capitalize": capitalize,
    "clock": clock,
    "day": day,
    "day_time": day_time,
    "days": days,
    "ended": ended,
    "hour": hour,
    "link": link,
    "linked_once": linked_once,
    "listed": listed,
    "lower": lower,
    "money": money,
    "month": month,
    "people": people,
    "person": mention,
    "plural": plural,
    "short_day": short_day,
    "short_money": short_money,
    "shortened": shortened,
    "site": site,
    "spoken": spoken,
    "struck": struck,
    "tenths": tenths,
    "time_of_day": time_of_day,
    "unlinked": without_links,
    "upper": upper,
}


# Templates of an operator's folder, tried at start: each macro is rendered with hostile texts for all of its facts.

HOSTILE = "<!channel><@U1> & \"q\" 'a' *b* `c` ```d\nnext-line"
"""Text that would call a channel, break the line or swallow the lines after it. No template says any of it itself."""

UNESCAPED = ("<!channel><@u1>", '& "q"', "```d", "\nnext-line")
ESCAPED_OTHERWISE = ("q&#34;", "q&quot;", "&amp;lt;!channel", "&amp;amp;")
"""HTML's escapes, and those of a text that was escaped twice."""

ZONE = "UTC"
"""The zone of every example: no other fact is looked up by the filters."""

PATHS = 25
"""Paths through a macro that are tried, the shortest first, each with lists of two and of three items. Ours."""

_NOT_ON_THIS_PATH = (TemplateError, TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""Errors that an example may cause where real facts would not, such as a look-up by a value of an enum."""


def check(render: Callable[..., object], facts: Iterable[str], what: str) -> None:
    """Raise WordsRefused if a macro or page, called with these facts, says a hostile text unescaped or escaped twice.

    `what` names it at the beginning of the sentence.
    """
    for length in (2, 3):
        for text in islice(_renderings(render, tuple(facts), length, what), PATHS):
            if any(each in text for each in UNESCAPED):
                problem = "does not escape what people typed"
            elif any(each in text for each in ESCAPED_OTHERWISE):
                problem = "escapes what people typed twice, or otherwise than for Slack"
            else:
                continue
            raise WordsRefused(
                f"{what} {problem}: put every value into the sentence as it is, as in "
                "{{ name }}, neither joined with ~ or + nor replaced, and where two have to be one value, write "
                "them between {% set both %} and {% endset %}."
            )


def _renderings(render: Callable[..., object], names: tuple[str, ...], length: int, what: str) -> Iterator[str]:
    """Yield the text in lower case on each path through its conditions, the fewest decisions first."""
    # the first two say no to every condition, and yes to every one
    paths = deque([(), (True,) * PATHS])
    while paths:
        path = _Path(paths.popleft(), length)
        facts = {name: ZONE if name == "zone" else _Fact(path) for name in names}
        text = ""
        try:
            text = str(render(**facts)).lower()
        except _NOT_ON_THIS_PATH as error:
            if type(error) is TemplateRuntimeError:
                # a filter or test that is not there, which Jinja finds inside of conditions only when it gets there
                raise WordsRefused(f"{what} cannot be used: {error.message}") from error
        yield text
        decided = tuple(path.decided)
        # for each no after the answers given, a path that is the same up to it and says yes there
        paths.extend((*decided[:at], True) for at in range(len(path.given), len(decided)))


@dataclass
class _Path:
    """Answers to the conditions that a macro asks, in their order: those of `given`, then no to each further one."""

    given: tuple[bool, ...]
    length: int
    decided: list[bool] = field(default_factory=list)

    def decide(self) -> bool:
        """Answer the next condition, and keep the answer in `decided`, from which `_renderings` makes further paths."""
        at = len(self.decided)
        self.decided.append(at < len(self.given) and self.given[at])
        return self.decided[-1]


class _Fact(str):
    """Hostile text that passes for any fact: a record, a list, a number or a date, each again of such texts."""

    path: _Path

    def __new__(cls, path: _Path) -> Self:
        fact = super().__new__(cls, HOSTILE)
        fact.path = path
        return fact

    def _decide(self, *_operands: object) -> bool:
        """Answer any comparison as the path decides, so that both branches of a condition are tried."""
        return self.path.decide()

    def _itself(self, *_operands: object) -> Self:
        return self

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _decide
    __hash__ = str.__hash__
    __call__ = __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __truediv__ = __floordiv__ = __abs__ = _itself

    def __getattribute__(self, name: str) -> Any:
        # facts have these fields, text has methods of these names
        return self if name in ("count", "index", "title") else super().__getattribute__(name)

    def __getattr__(self, name: str) -> Self | str:
        # `__html__` above all: text that had it would count as safe
        if name.startswith("_"):
            raise AttributeError(name)
        return ZONE if name == "zone" else self

    def __getitem__(self, key: SupportsIndex | slice) -> Self:
        return self

    def __iter__(self) -> Iterator[Self]:
        return iter([self] * self.path.length)

    def __len__(self) -> int:
        return self.path.length

    def __index__(self) -> int:
        return self.path.length

    def __divmod__(self, _other: object) -> tuple[Self, Self]:
        return self, self

    def __format__(self, _form: str) -> str:
        return str(self)


# The sentences: Jinja macros in `agendas/words/<locale>/*.j2`, which a workspace's folder may override one by one.
# Whole pages are templates in `pages/*.j2` there, which it may override file by file.

MARKING_FILTERS = ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr")
"""Jinja's filters that call a text safe, as it is or after escaping it for HTML. Templates do without them."""

PRODUCT_WORDS = Path(__file__).parent.parent / "words" / "en"


class Words:
    """The sentences and pages of the product; macros and pages of the same names in `folder` are preferred.

    All of them are loaded at once. Raises WordsRefused where one cannot be used. Templates are strict (a missing fact
    is an error), and those of a folder run in a sandbox. Every value put into a sentence is escaped for Slack unless it
    is `Mrkdwn` already; the words of a template are not.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._macros: dict[str, Callable[..., object]] = {}
        self._labels: dict[str, str] = {}
        self._pages: dict[str, Template] = {}
        self._layers = [_environment(PRODUCT_WORDS)]
        if folder is not None:
            self._layers.insert(0, _environment(folder, PRODUCT_WORDS))
            for file in sorted(folder.glob("*.j2")):
                for macro in _load(file.name, *self._layers):
                    check(macro, macro.arguments, f"{file.name}: the macro {macro.name}")
            for file in sorted(folder.glob("pages/*.j2")):
                self._pages[file.stem] = _load_page(file, *self._layers)

    def say(self, name: str, /, **facts: object) -> Mrkdwn:
        """The sentence `file.macro`, safe as mrkdwn, with lines kept and blank lines gone.

        Raises:
            LookupError: there is no such macro.
            jinja2.UndefinedError: the macro asks for a fact that was not given.
        """
        macro = self._macros.get(name) or self._macros.setdefault(name, self._macro(name))
        text = str(macro(**facts))
        if text.isprintable() and "  " not in text:
            # nearly every sentence, one line without anything to tidy
            return Mrkdwn(text.strip())
        return Mrkdwn("\n".join([tidy for line in text.splitlines() if (tidy := " ".join(line.split()))]))

    def lines(self, name: str, /, **facts: object) -> tuple[str, ...]:
        """The lines of the sentence, each safe as mrkdwn."""
        return tuple(map(Mrkdwn, self.say(name, **facts).splitlines()))

    def raw(self, name: str, /, **facts: object) -> str:
        """The sentence as raw text on one line, for titles, headings and labels."""
        return read(self.say(name, **facts)).replace("\n", " ")

    def page(
        self,
        name: str,
        facts: Any = None,
        /,
        *,
        key: str,
        parts: Mapping[str, Iterable[Item]] | None = None,
        **more: object,
    ) -> Page:
        """The page that the template `pages/<name>.j2` says; its lines become the items, see `MARKS`.

        The template knows the fields of `facts`, a dataclass, and `more` by their names. `parts` are items that Python
        builds, such as buttons: they come where the template has `[name]`, else at the end. Raises
        jinja2.UndefinedError when the template asks for a fact that was not given.
        """
        known = {each.name: getattr(facts, each.name) for each in fields(facts)} if facts else {}
        template = self._pages.get(name) or self._layers[-1].get_template(f"pages/{name}.j2")
        lines = [" ".join(line.split()) for line in template.render(**known, **more).splitlines()]
        unplaced = {part: tuple(items) for part, items in (parts or {}).items()}
        title, items, paragraph = "", list[Item](), list[str]()
        # the bare mark ends the last paragraph; then come the parts for which the template has no line
        for line in (*lines, MARK, *(f"{MARK}[{part}]" for part in unplaced)):
            words = Mrkdwn(line.removeprefix(MARK))
            # a line without a mark, or one of several rows, belongs to the paragraph
            if words and (line == words or words.startswith("•")):
                paragraph.append(line)
                continue
            if paragraph:
                text = [Mrkdwn(each.removeprefix(MARK)) for each in paragraph]
                has_rows = any(each.startswith(MARK) for each in paragraph)
                items.append(Rows(tuple(text)) if has_rows else Text(Mrkdwn("\n".join(text))))
                paragraph = []
            mark, _, rest = words.partition(" ")
            if mark == "title:":
                title = read(rest)
            elif mark == "#":
                items.append(Heading(read(rest)))
            elif mark == "-#":
                items.append(Note(Mrkdwn(rest)))
            elif mark:
                items += unplaced.pop(mark[1:-1], ())
        return Page(title, tuple(items), key=key)

    def label(self, action: str) -> str:
        """The label of the button with this action, which is the same on every page."""
        if action not in self._labels:
            self._labels[action] = self.raw("buttons.label", action=action)
        return self._labels[action]

    def _macro(self, name: str) -> Callable[..., object]:
        """The macro of this name, of the workspace's own folder before the product's."""
        file, _, macro = name.partition(".")
        for environment in self._layers:
            try:
                template = environment.get_template(f"{file}.j2")
            except TemplateNotFound:
                continue
            found: Callable[..., object] | None = getattr(template.module, macro, None)
            if found is not None:
                return found
        raise LookupError(f"no words for {name!r}")


MARKS = re.compile(r"^[ \t]*(?=title: |# |-# |• |\[\w+\][ \t]*$)", re.MULTILINE)
"""What a line of a page begins with: `title: ` the title, `# ` a heading, `-# ` small print, `• ` one of several rows;
`[part]` is where items of Python's come. Other lines are text. A blank line is between one paragraph and the next."""

MARK = "\x01"
"""Stands before a mark once a template is loaded. What people typed holds no control character, so is never a mark."""


class _Marked(Extension):
    """Puts MARK before each mark of a page's template when it is loaded; other templates stay as they are."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        return MARKS.sub(MARK, source) if (name or "").startswith("pages/") else source


@cache
def _environment(*folders: Path) -> Environment:
    """The templates of these folders, the first that has one; compiled once in a process.

    An operator's templates run in Jinja's sandbox. Ours are code like any other, and need none.
    """
    kind = Environment if folders == (PRODUCT_WORDS,) else ImmutableSandboxedEnvironment
    # autoescape makes Jinja track which text is safe; finalize escapes for Slack first, which leaves HTML nothing to do
    environment = kind(
        loader=FileSystemLoader(folders),
        extensions=[_Marked],
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    for name in MARKING_FILTERS:
        del environment.filters[name]
    return environment


@contextmanager
def _usable(file: str) -> Iterator[None]:
    """Raise WordsRefused, with a sentence, where what is done in the block with a file of a folder fails."""
    try:
        yield
    except TemplateSyntaxError as error:
        problem = (error.message or "").removesuffix(".")
        raise WordsRefused(f"{error.name}, line {error.lineno} cannot be read: {problem}.") from error
    except TemplateNotFound as error:
        raise WordsRefused(f"{file} imports {error.name}, which is neither in its folder nor one of ours.") from error
    except UnicodeDecodeError as error:
        raise WordsRefused(f"{file} is not written in UTF-8: save it as that.") from error
    except OSError as error:
        raise WordsRefused(f"{file} cannot be opened ({error.strerror}): let the bot read it.") from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        to_do = "mend what stands outside its macros"
        raise WordsRefused(f"{file} fails before any of its macros is used ({error}): {to_do}.") from error


def _load(file: str, theirs: Environment, ours: Environment) -> list[Macro]:
    """Return the macros of one file of a folder.

    Raises WordsRefused, with a sentence, where it cannot be used: also for a macro that lacks an argument of ours.
    """
    with _usable(file):
        macros = _macros_of(theirs.get_template(file))
        known = _macros_of(ours.get_template(file)) if (PRODUCT_WORDS / file).is_file() else {}
    for name in macros.keys() & known.keys():
        missing = set(known[name].arguments) - set(macros[name].arguments)
        if missing and not macros[name].catch_kwargs:
            names, them = ", ".join(sorted(missing)), "it" if len(missing) == 1 else "them"
            to_do = f"add {them} to the macro's arguments"
            raise WordsRefused(f"{file}: the macro {name} does not take {names}: {to_do}.")
    return list(macros.values())


def _load_page(path: Path, theirs: Environment, ours: Environment) -> Template:
    """Return the template of a page of a folder.

    Raises WordsRefused, with a sentence, where it cannot be used: also for a page that asks for a fact that ours lacks.
    """
    file = f"pages/{path.name}"
    if not (PRODUCT_WORDS / file).is_file():
        raise WordsRefused(f"{file} is no page of ours: give it the name of one.")
    with _usable(file):
        page, facts = theirs.get_template(file), meta.find_undeclared_variables(theirs.parse(path.read_text("utf-8")))
    known = meta.find_undeclared_variables(ours.parse((PRODUCT_WORDS / file).read_text("utf-8")))
    if unknown := facts - known:
        raise WordsRefused(f"{file}: the page has no {', '.join(sorted(unknown))}, only {', '.join(sorted(known))}.")
    check(page.render, facts, f"{file}: the page")
    return page


def _macros_of(template: Template) -> dict[str, Macro]:
    return {name: each for name, each in vars(template.module).items() if isinstance(each, Macro)}


# Buttons with the labels that the words give to their actions.


def labelled(words: Words, action: str, value: str = "", *, style: str = "", confirm: Confirm | None = None) -> Button:
    return Button(words.label(action), action, value, style, confirm)
