"""The sentences: Jinja macros in `agendas/words/<locale>/*.j2`, which a workspace's folder may override."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.environment import Template
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agendas.errors import WordsRefused
from agendas.rendering.filters import FILTERS, finalize
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.template_check import check

MARKING_FILTERS = ("safe", "e", "escape", "forceescape", "tojson", "urlize", "xmlattr")
"""Jinja's filters that call a text safe, as it is or after escaping it for HTML. Templates do without them."""

PRODUCT_WORDS = Path(__file__).parent.parent / "words" / "en"


class Words:
    """The sentences of the product; macros of the same names in `folder` are preferred, one by one.

    All of them are loaded at once. Raises WordsRefused where one cannot be used.

    Templates are strict (a missing fact is an error), and those of a folder run in a sandbox. Every value put into a
    sentence is escaped for Slack unless it is `Mrkdwn` already; the words of a template are not.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._macros: dict[str, Callable[..., object]] = {}
        self._labels: dict[str, str] = {}
        self._layers = [_environment(PRODUCT_WORDS)]
        if folder is not None:
            self._layers.insert(0, _environment(folder, PRODUCT_WORDS))
            for file in sorted(folder.glob("*.j2")):
                for macro in _load(file.name, *self._layers):
                    check(macro, file.name)

    def say(self, name: str, /, **facts: object) -> Mrkdwn:
        """The sentence `file.macro`, safe as mrkdwn, with lines kept and blank lines gone.

        Raises:
            LookupError: there is no such macro.
            jinja2.UndefinedError: the macro asks for a fact that was not given.
        """
        macro = self._macros.get(name) or self._macros.setdefault(name, self._macro(name))
        said = str(macro(**facts))
        if said.isprintable() and "  " not in said:
            # nearly every sentence, one line without anything to tidy
            return Mrkdwn(said.strip())
        return Mrkdwn("\n".join([tidy for line in said.splitlines() if (tidy := " ".join(line.split()))]))

    def lines(self, name: str, /, **facts: object) -> tuple[str, ...]:
        """The lines of a sentence, each safe as mrkdwn."""
        return tuple(map(Mrkdwn, self.say(name, **facts).splitlines()))

    def raw(self, name: str, /, **facts: object) -> str:
        """The sentence as raw text on one line, for titles, headings and labels."""
        return read(self.say(name, **facts)).replace("\n", " ")

    def label(self, action: str) -> str:
        """The label of the button with this action, which is the same on every page."""
        if action not in self._labels:
            self._labels[action] = self.raw("buttons.label", action=action)
        return self._labels[action]

    def _macro(self, name: str) -> Callable[..., object]:
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


@cache
def _environment(*folders: Path) -> Environment:
    """The templates of these folders, the first that has one; compiled once in a process.

    An operator's templates run in Jinja's sandbox. Ours are code like any other, and need none.
    """
    kind = Environment if folders == (PRODUCT_WORDS,) else ImmutableSandboxedEnvironment
    # autoescape makes Jinja track which text is safe; finalize escapes for Slack first, which leaves HTML nothing to do
    environment = kind(
        loader=FileSystemLoader(folders),
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


def _load(file: str, theirs: Environment, ours: Environment) -> list[Macro]:
    """Return the macros of one file of a folder. Raises WordsRefused, with a sentence, where it cannot be used."""
    try:
        macros = _macros_of(theirs.get_template(file))
        known = _macros_of(ours.get_template(file)) if (PRODUCT_WORDS / file).is_file() else {}
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
    for name in macros.keys() & known.keys():
        missing = set(known[name].arguments) - set(macros[name].arguments)
        if missing and not macros[name].catch_kwargs:
            given, them = ", ".join(sorted(missing)), "it" if len(missing) == 1 else "them"
            to_do = f"add {them} to the macro's arguments"
            raise WordsRefused(f"{file}: the macro {name} does not take {given}: {to_do}.")
    return list(macros.values())


def _macros_of(template: Template) -> dict[str, Macro]:
    return {name: each for name, each in vars(template.module).items() if isinstance(each, Macro)}
