"""What templates may use: only what leaves nothing that people typed unescaped, or escaped otherwise than for Slack.

Jinja escapes for HTML whatever it joins to text that is safe already, and takes for safe what a block puts out; the
rest of what it offers comes to `finalize`, which escapes for Slack.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from jinja2 import nodes

from agendas.errors import WordsRefused
from agendas.rendering.filters import FILTERS

HARMLESS_FILTERS = frozenset(
    {
        *("abs", "batch", "count", "d", "default", "dictsort", "first", "float", "groupby", "int", "items", "last"),
        *("length", "list", "map", "max", "min", "reject", "rejectattr", "round", "select", "selectattr", "slice"),
        *("sort", "sum", "trim", "unique"),
    }
)
"""Jinja's own that give a part of what they were given, or a number: nothing is joined, and nothing becomes safe."""

NUMBER_FILTERS = frozenset({"abs", "count", "float", "int", "length", "round", "sum"})
BY_ATTRIBUTE = frozenset(["map", "groupby", "sort", "unique", "min", "max", "sum", "selectattr", "rejectattr"])
CALLABLE = frozenset({"dict", "namespace", "range"})

INSERTING = frozenset(
    {
        *("center", "escape", "expandtabs", "format", "format_map", "join", "ljust", "maketrans", "replace", "rjust"),
        *("translate", "unescape", "zfill"),
    }
)
"""Methods of text that put other text into it, or take its escapes away."""

AS_IS = "leave it out, every value is escaped as it is put into a sentence"
SIDE_BY_SIDE = (
    "write the parts one after the other, as in {{ first }}, {{ second }}, and where they have to be one value, "
    "between {% set both %} and {% endset %}"
)
NOT_A_MACRO = "call macros of this file or of an imported one, by names that no variable or argument there has too"

PART_OF_MADE = ("a part of what a macro or a block says", "use the filter shortened, on the value itself")

INSTEAD_OF_FILTER = dict.fromkeys(("e", "escape", "forceescape", "safe", "string"), AS_IS) | {
    "join": "use the filter listed, or a loop",
    "truncate": "use the filter shortened",
    "replace": "use an {% if %}, or the filter spoken",
}
INSTEAD_OF_NODE: Mapping[type[nodes.Node], tuple[str, str]] = {
    nodes.FilterBlock: ("{% filter %}", "put the filter on each value, as in {{ name | trim }}"),
    nodes.CallBlock: ("{% call %}", "call the macro with its arguments, as in {{ line(name) }}"),
    nodes.ScopedEvalContextModifier: ("{% autoescape %}", AS_IS),
    nodes.Concat: ("~", SIDE_BY_SIDE),
    nodes.Include: ("{% include %}", "import the file and call its macros"),
    nodes.Extends: ("{% extends %}", "import the file and call its macros"),
    nodes.Block: ("{% block %}", "make it a macro"),
}

ALLOWED_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Macro, nodes.If, nodes.For, nodes.With, nodes.Assign),
    *(
        nodes.Scope,
        nodes.Name,
        nodes.NSRef,
        nodes.Const,
        nodes.Tuple,
        nodes.List,
        nodes.Dict,
        nodes.Pair,
        nodes.Keyword,
    ),
    *(nodes.CondExpr, nodes.Test, nodes.Slice, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or),
    *(nodes.Neg, nodes.Pos, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Pow),
)
Problem = tuple[str, str] | None
"""What is not allowed and what to use instead; None where nothing is wrong."""


@dataclass(frozen=True)
class _Names:
    """What the names in a template stand for; `made` are those of blocks, whose text is safe already."""

    macros: frozenset[str]
    modules: frozenset[str]
    made: frozenset[str]

    def without_variables_of(self, *around: nodes.Node) -> Self:
        """The same where these variables and arguments are: such a name stands for what is in it."""
        found = (each for node in around for each in (node, *node.find_all(nodes.Name)))
        variables = {each.name for each in found if isinstance(each, nodes.Name) and each.ctx in ("store", "param")}
        return replace(self, macros=self.macros - variables, modules=self.modules - variables)


def check(template: nodes.Template, file: str) -> None:
    """Raises WordsRefused at the first thing in the template that is not allowed."""
    for node, names in _nodes(template, _names_of(template)):
        problem = _problem(node, names, template)
        if problem is not None:
            what, instead = problem
            raise WordsRefused(
                f"{file}, line {node.lineno}: {what} is not allowed, since what people typed might not be escaped for "
                f"Slack there: {instead}."
            )


def _names_of(template: nodes.Template) -> _Names:
    macros = {each.name for each in template.find_all(nodes.Macro)} | CALLABLE
    for each in template.find_all(nodes.FromImport):
        macros |= {name if isinstance(name, str) else name[1] for name in each.names}
    modules = {each.target for each in template.find_all(nodes.Import)}
    blocks = {each.target for each in template.find_all(nodes.AssignBlock)}
    made = {each.name for each in blocks if isinstance(each, nodes.Name)}
    outside = [each for each in template.body if not isinstance(each, nodes.Macro)]
    return _Names(frozenset(macros), frozenset(modules), frozenset(made)).without_variables_of(*outside)


def _nodes(node: nodes.Node, names: _Names) -> Iterator[tuple[nodes.Node, _Names]]:
    """Everything in a template, each with what the names stand for in its macro."""
    yield node, names
    inside = names.without_variables_of(node) if isinstance(node, nodes.Macro) else names
    for each in node.iter_child_nodes():
        yield from _nodes(each, inside)


def _problem(node: nodes.Node, names: _Names, template: nodes.Template) -> Problem:
    if isinstance(node, ALLOWED_NODES):
        return None
    rule = RULES.get(type(node))
    if rule is not None:
        return rule(node, names)
    if isinstance(node, nodes.Import | nodes.FromImport):
        return _import(node, template)
    return INSTEAD_OF_NODE.get(type(node), (f"{type(node).__name__} of Jinja", "say it with {% if %} and {% for %}"))


def _set_block(node: nodes.AssignBlock, _names: _Names) -> Problem:
    return ("a filter on {% set %}", "put the filter on each value in it") if node.filter else None


def _filter(node: nodes.Filter, names: _Names) -> Problem:
    if not _is_allowed_filter(node.name):
        others = ", ".join(sorted({*FILTERS, *HARMLESS_FILTERS}))
        return f"the filter {node.name}", INSTEAD_OF_FILTER.get(node.name, f"use one of {others}")
    if node.dyn_args or node.dyn_kwargs:
        return "a filter with * or **", "write out what it is told"
    if node.name in ("first", "last", "list") and _is_made(node.node, names):
        return PART_OF_MADE
    if node.name == "trim" and not all(isinstance(each, nodes.Const) for each in (*node.args, *node.kwargs)):
        return "trim of characters that a value holds", "write them in quotes"
    if node.name == "sum" and (len(node.args) > 1 or any(each.key == "start" for each in node.kwargs)):
        return "sum with a start", "leave the start out, and add it as a number"
    return _hidden_filter(node) or _hidden_method(node)


def _hidden_filter(node: nodes.Filter) -> Problem:
    """A filter that map is told to use."""
    by = node.args[0] if node.name == "map" and node.args else nodes.Const("trim")
    if isinstance(by, nodes.Const) and by.value != "map" and _is_allowed_filter(str(by.value)):
        return None
    return "map with a filter that is not one of these", "use a loop in its place"


def _hidden_method(node: nodes.Filter) -> Problem:
    """A method that is named as the attribute to look at."""
    if node.name not in BY_ATTRIBUTE:
        return None
    for given in (*node.args, *(each.value for each in node.kwargs)):
        if isinstance(given, nodes.Const) and not INSERTING.isdisjoint(str(given.value).split(".")):
            return f"the method {given.value}", SIDE_BY_SIDE
    return None


def _call(node: nodes.Call, names: _Names) -> Problem:
    called = node.node
    if isinstance(called, nodes.Getattr) or (isinstance(called, nodes.Name) and called.name in names.macros):
        return None
    return f"calling {called.name if isinstance(called, nodes.Name) else 'what is no macro'}", NOT_A_MACRO


def _attribute(node: nodes.Getattr, names: _Names) -> Problem:
    if isinstance(node.node, nodes.Name) and node.node.name in names.modules:
        return None
    if _is_made(node.node, names):
        return PART_OF_MADE
    return (f"the method {node.attr}", SIDE_BY_SIDE) if node.attr in INSERTING else None


def _item(node: nodes.Getitem, names: _Names) -> Problem:
    if isinstance(node.arg, nodes.Const) and node.arg.value in INSERTING:
        return f"the method {node.arg.value}", SIDE_BY_SIDE
    if _is_made(node.node, names):
        return PART_OF_MADE
    return None


def _sum(node: nodes.Add | nodes.Mod, _names: _Names) -> Problem:
    """Of two values only numbers can be told: text with a number beside it is refused by Python."""
    if _is_number(node.left) or _is_number(node.right):
        return None
    if isinstance(node, nodes.Add) and isinstance(node.left, nodes.List) and isinstance(node.right, nodes.List):
        return None
    sign = "+" if isinstance(node, nodes.Add) else "%"
    return f"{sign} of what may be text", f"{SIDE_BY_SIDE}; a number is known by a filter, as in count | int"


def _import(node: nodes.Import | nodes.FromImport, template: nodes.Template) -> Problem:
    file = node.template
    is_named = isinstance(file, nodes.Const) and str(file.value).endswith(".j2")
    if is_named and any(node is each for each in template.body):
        return None
    return "this import", "import at the head of the file, by the name of a file in quotes that ends in .j2"


def _is_allowed_filter(name: str) -> bool:
    return name in FILTERS or name in HARMLESS_FILTERS


def _is_made(node: nodes.Node | None, names: _Names) -> bool:
    """Whether this is what a macro or a block put out."""
    if isinstance(node, nodes.Name):
        return node.name in names.made
    called = node.node if isinstance(node, nodes.Call) else None
    if isinstance(called, nodes.Getattr):
        return isinstance(called.node, nodes.Name) and called.node.name in names.modules
    return isinstance(called, nodes.Name) and called.name in names.macros - CALLABLE


def _is_number(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, int | float)
    if isinstance(node, nodes.Filter):
        return node.name in NUMBER_FILTERS
    if isinstance(node, nodes.Getattr):
        return isinstance(node.node, nodes.Name) and node.node.name == "loop" and node.attr.startswith("index")
    if isinstance(node, nodes.Sub | nodes.Div | nodes.FloorDiv | nodes.Pow | nodes.Neg):
        return True
    return isinstance(node, nodes.Add) and (_is_number(node.left) or _is_number(node.right))


RULES: Mapping[type[nodes.Node], Callable[[Any, _Names], Problem]] = {
    nodes.AssignBlock: _set_block,
    nodes.Filter: _filter,
    nodes.Call: _call,
    nodes.Getattr: _attribute,
    nodes.Getitem: _item,
    nodes.Add: _sum,
    nodes.Mod: _sum,
}
