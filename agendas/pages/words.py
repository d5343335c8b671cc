"""The sentences: Jinja macros in `agendas/words/<locale>/*.j2`, which a workspace's folder may override."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agendas.pages.filters import FILTERS, finalize
from agendas.pages.mrkdwn import Mrkdwn, read

_ABSENT = object()

PRODUCT_WORDS = Path(__file__).parent.parent / "words" / "en"


class Words:
    """What the product says. `folder` holds templates of the same names whose macros are preferred, one by one.

    Templates are strict (a missing fact is an error) and sandboxed. Every value put into a sentence is escaped for
    Slack unless it is `Mrkdwn` already; the words of a template are not.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._macros: dict[str, Callable[..., object]] = {}
        self._labels: dict[str, str] = {}
        self._layers = [_environment(PRODUCT_WORDS)]
        if folder is not None:
            self._layers.insert(0, _environment(folder, PRODUCT_WORDS))

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

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(finalize.src)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Remembers which attributes of which types are safe; Jinja works it out at every look, half of a page's time."""

    code_generator_class = _Compiler

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[type, set[str]] = {}

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
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment
