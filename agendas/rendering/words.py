"""The sentences: Jinja macros in `agendas/words/<locale>/*.j2`, which a workspace's folder may override."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Template as JinjaTemplate
from jinja2.nodes import Expr, Template, TemplateData
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agendas.errors import WordsRefused
from agendas.rendering.filters import FILTERS, finalize
from agendas.rendering.mrkdwn import Mrkdwn, read
from agendas.rendering.template_check import check

_ABSENT = object()

PRODUCT_WORDS = Path(__file__).parent.parent / "words" / "en"


class Words:
    """What the product says. `folder` holds templates of the same names whose macros are preferred, one by one.

    All of them are loaded at once. Raises WordsRefused where one cannot be used.

    Templates are strict (a missing fact is an error) and sandboxed. Every value put into a sentence is escaped for
    Slack unless it is `Mrkdwn` already; the words of a template are not.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._macros: dict[str, Callable[..., object]] = {}
        self._labels: dict[str, str] = {}
        self._layers = [_environment(PRODUCT_WORDS)]
        if folder is not None:
            self._layers.insert(0, _environment(folder, PRODUCT_WORDS))
            for file in sorted(folder.glob("*.j2")):
                _load(file.name, *self._layers)

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


class _Compiler(CodeGenerator):
    """Puts what `finalize` gives into a sentence as it is. Jinja escapes it for HTML once more, which finds nothing."""

    def _output_child_to_const(self, node: Expr, frame: Frame, finalize: Any) -> str:
        value = node.as_const(frame.eval_ctx)
        said: str = str(value) if isinstance(node, TemplateData) else finalize.const(value)
        return said

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers which attributes of which types are safe; Jinja works it out at every look, half of a page's time."""

    code_generator_class = _Compiler

    def __init__(self, *, is_checked: bool, **options: Any) -> None:
        super().__init__(**options)
        self.is_checked = is_checked
        self._safe: dict[type, set[str]] = {}

    def compile(  # type: ignore[override]  # of the two kinds of results only the one that loaders ask for
        self, source: str | Template, name: str | None = None, filename: str | None = None, **options: Any
    ) -> CodeType:
        """The template, compiled. Raises WordsRefused where it uses what does not escape for Slack."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        if self.is_checked:
            check(tree, name or "")
        compiled: CodeType = super().compile(tree, name, filename, **options)
        return compiled

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute as Jinja gives it. What is safe depends on the type of the object and the attribute's name."""
        if attribute in self._safe.get(type(obj), ()):
            value = getattr(obj, attribute, _ABSENT)
            if value is not _ABSENT and (not callable(value) or isinstance(value, Macro)):
                return value
        found = super().getattr(obj, attribute)
        if hasattr(obj, attribute) and self.is_safe_attribute(obj, attribute, found):
            self._safe.setdefault(type(obj), set()).add(attribute)
        return found

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What the call gives. A macro of ours calling another needs none of the checks of what may be called."""
        if type(obj) is Macro:
            # the template's own, which Jinja gives to every call
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return obj(context.eval_ctx, *args, **kwargs)
        return super().call(context, obj, *args, **kwargs)


@cache
def _environment(*folders: Path) -> ImmutableSandboxedEnvironment:
    """The templates of these folders, the first that has one; compiled once in a process."""
    # autoescape makes Jinja keep track of what is safe; finalize escapes Slack's way before it could escape HTML's.
    environment = _Sandbox(
        # ours are checked by the tests
        is_checked=folders != (PRODUCT_WORDS,),
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters.update(FILTERS)
    return environment


def _load(file: str, theirs: Environment, ours: Environment) -> None:
    """Loads one file of a folder. Raises WordsRefused, with a sentence, where it cannot be used."""
    try:
        macros = _macros_of(theirs.get_template(file))
        known = _macros_of(ours.get_template(file)) if (PRODUCT_WORDS / file).is_file() else {}
    except TemplateSyntaxError as error:
        raise WordsRefused(f"{error.name}, line {error.lineno} cannot be read: {error.message}.") from error
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


def _macros_of(template: JinjaTemplate) -> dict[str, Macro]:
    return {name: each for name, each in vars(template.module).items() if isinstance(each, Macro)}
