"""Slack's limits on messages, views and metadata, by `limits.yaml` and rules; problems have its words and a pointer."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from sandbox.workspace import LOADER

EVENT_TYPE = re.compile(r"[A-Za-z0-9_.:-]{1,255}")
FORMATS = {
    "URL": re.compile(r"https?://\S+"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
}
TYPES = {"array": "an array", "boolean": "a boolean", "integer": "an integer", "number": "a number"}


def length(text: str) -> int:
    """Return the length of a text in UTF-16 units, as in Slack's clients: most emoji count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def characters(value: Any) -> int:
    """Return the number of readable characters in this part of a payload."""
    if isinstance(value, dict):
        own = length(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(characters(part) for part in value.values() if isinstance(part, (dict, list)))
    if isinstance(value, list):
        return sum(characters(part) for part in value)
    return 0


@cache
def limits() -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506
    return content


def message_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    return _problems_of_blocks(blocks, "message", at)


def view_problems(view: Any, *, surface: str, at: str = "/view") -> list[str]:
    """Return Slack's problems with a view for a surface, `modal` or `home`; empty when it would take it."""
    problems = _problems_by_schema("views", view, at)
    if not isinstance(view, dict):
        return problems
    if view.get("type") in ("modal", "home") and view["type"] != surface:
        problems.append(_problem(f"must be one of: {surface}", f"{at}/type"))
    if isinstance(view.get("blocks"), list):
        problems += _problems_of_blocks(view["blocks"], surface, f"{at}/blocks")
        inputs = any(block.get("type") == "input" for block, _ in walk_blocks(view["blocks"], at))
        if surface == "modal" and inputs and view.get("submit") is None:
            problems.append(_problem("missing required field: submit", at))
    return problems


def view_too_large(view: Any) -> bool:
    """Return True if the whole view exceeds 250 kB (`view_too_large`)."""
    return bool(len(json.dumps(view, ensure_ascii=False).encode()) > limits()["sums"]["view_bytes"])


def is_too_long(blocks: Any) -> bool:
    """Return True if the text of all blocks but tables is too long for one message (`msg_blocks_too_long`)."""
    found = (block for block, _ in walk_blocks(blocks, "") if block.get("type") not in ("table", "data_table"))
    # without the children of a container, which walk_blocks yields too
    own = (characters({name: part for name, part in block.items() if name != "child_blocks"}) for block in found)
    return bool(sum(own) > limits()["sums"]["block_characters"])


def acknowledgement_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """Return the newer blocks among those of an acknowledgement, each as a problem.

    Slack does not say which blocks it takes there, and tells an app of no refusal; so the sandbox takes no newer one.
    """
    newer = limits()["surfaces"]["message"]["items"]["kinds"].keys() - limits()["blocks"]["classic"].keys()
    return [
        _problem(f"unsupported block in an acknowledgement: {block['type']}", f"{pointer}/type")
        for block, pointer in walk_blocks(blocks, at)
        if block.get("type") in newer
    ]


def ephemeral_problems(blocks: Any, *, at: str = "/blocks") -> list[str]:
    """Return the tables that sort and the charts in a message that one person sees, each as a problem.

    Slack does not say that it takes them there; so the sandbox does not.
    """
    return [
        _problem(f"unsupported block in an ephemeral message: {block['type']}", f"{pointer}/type")
        for block, pointer in walk_blocks(blocks, at)
        if block.get("type") in ("data_table", "data_visualization")
    ]


def metadata_error(metadata: Any) -> str | None:
    """Return Slack's error code for this metadata, None when it would take it; `{}` clears it."""
    if metadata == {}:
        return None
    if not isinstance(metadata, dict):
        return "invalid_metadata_format"
    if not {"event_type", "event_payload"} <= set(metadata) <= {"event_type", "event_payload", "entities"}:
        return "invalid_metadata_format"
    kind, payload = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not EVENT_TYPE.fullmatch(kind) or not isinstance(payload, dict):
        return "invalid_metadata_format"
    if len(json.dumps(metadata).encode()) > limits()["sums"]["metadata_bytes"]:
        return "metadata_too_large"
    return None


# All blocks of a message or view together: unique ids, sums.


def walk_blocks(blocks: Any, at: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield every block with its pointer, including those inside containers."""
    for index, block in enumerate(blocks if isinstance(blocks, list) else []):
        if not isinstance(block, dict):
            continue
        yield block, f"{at}/{index}"
        if block.get("type") == "container":
            yield from walk_blocks(block.get("child_blocks"), f"{at}/{index}/child_blocks")


def _problem(sentence: str, at: str) -> str:
    return f"{sentence} [json-pointer:{at}]"


def _problems_of_blocks(blocks: Any, surface: str, at: str) -> list[str]:
    """Return the problems of each block by its schema, then of all together; an empty list has none."""
    if blocks == []:
        return []
    return [*_problems_by_schema(surface, blocks, at), *_problems_together(blocks, at)]


def _problems_together(blocks: Any, at: str) -> Iterator[str]:
    """Yield the problems of all blocks of a message or view together: ids given twice, too many, too long."""
    found = list(walk_blocks(blocks, at))
    for index, block_id in _repeated(block.get("block_id") for block, _ in found):
        if isinstance(block_id, str):
            yield _problem(f"`block_id` already exists: {block_id}", f"{found[index][1]}/block_id")
    sums, kinds = limits()["sums"], [block.get("type") for block, _ in found]
    if kinds.count("table") > sums["tables"]:
        yield _problem("only one table is allowed", at)
    if kinds.count("data_visualization") > sums["charts"]:
        yield _problem("only two data_visualization blocks are allowed", at)
    cells = sum(characters(block.get("rows")) for block, _ in found if block.get("type") == "data_table")
    if cells > sums["data_tables"]:
        yield _problem(f"data tables must be less than {sums['data_tables'] + 1} characters in all", at)


# The rules that `limits.yaml` names: each yields problems with an object, and where in it they are.

Found = Iterator[tuple[str, tuple[str | int, ...]]]


def _objects(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _repeated(values: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Yield every value that repeats an earlier one, with its index."""
    seen: list[Any] = []
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        seen.append(value)


def initial_is_an_option(element: Mapping[str, Any]) -> Found:
    """The initial option, or each of several initial ones, is among the options."""
    offered = [option.get("value") for option in _objects(element.get("options"))]
    for option in _objects(element.get("initial_options") or [element.get("initial_option")]):
        if option.get("value") not in offered:
            yield "initial option is not one of the options", ()


def values_are_unique(element: Mapping[str, Any]) -> Found:
    if any(_repeated(option.get("value") for option in _objects(element.get("options")))):
        yield "option values must be unique", ("options",)


def lengths_agree(element: Mapping[str, Any]) -> Found:
    low, high, initial = (element.get(name) for name in ("min_length", "max_length", "initial_value"))
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield "min_length must not be more than max_length", ()
    if isinstance(initial, str) and isinstance(high, int) and length(initial) > high:
        yield f"must be less than {high + 1} characters", ("initial_value",)


def action_ids_are_unique(block: Mapping[str, Any]) -> Found:
    elements = block.get("elements") if isinstance(block.get("elements"), list) else []
    ids = [element.get("action_id") if isinstance(element, dict) else None for element in elements or []]
    for index, action_id in _repeated(ids):
        if action_id is not None:
            yield f"`action_id` already exists for this block: {action_id}", ("elements", index, "action_id")


def collapsing_is_consistent(block: Mapping[str, Any]) -> Found:
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        yield "default_collapsed requires is_collapsible", ()


def rows_are_even(table: Mapping[str, Any]) -> Found:
    rows = table.get("rows")
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        yield "all rows must have the same number of cells", ("rows",)


def header_is_raw_text(table: Mapping[str, Any]) -> Found:
    rows = table.get("rows")
    for index, cell in enumerate(rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], list) else []):
        if isinstance(cell, dict) and cell.get("type") != "raw_text":
            yield "header cells must be raw_text", ("rows", 0, index)


def table_characters(table: Mapping[str, Any], limit: str = "table") -> Found:
    if characters(table.get("rows")) > (most := limits()["sums"][limit]):
        yield f"must be less than {most + 1} characters", ("rows",)


def data_table_characters(table: Mapping[str, Any]) -> Found:
    return table_characters(table, "data_tables")


def points_match(chart: Mapping[str, Any]) -> Found:
    """Every series of a chart has a name of its own, and one point for each category."""
    series, axes = chart.get("series"), chart.get("axis_config")
    if not isinstance(series, list) or not isinstance(axes, dict):
        return
    categories = axes.get("categories") if isinstance(axes.get("categories"), list) else []
    for _, name in _repeated(entry.get("name") for entry in _objects(series)):
        yield f"series name already exists: {name}", ("series",)
    for index, entry in enumerate(_objects(series)):
        labels = [point.get("label") for point in _objects(entry.get("data"))]
        if sorted(map(str, labels)) != sorted(map(str, categories or [])):
            yield "must have exactly one data point per category", ("series", index, "data")


RULES: dict[str, Callable[[Mapping[str, Any]], Found]] = {
    rule.__name__: rule
    for rule in (
        initial_is_an_option,
        values_are_unique,
        lengths_agree,
        action_ids_are_unique,
        collapsing_is_consistent,
        rows_are_even,
        header_is_raw_text,
        table_characters,
        data_table_characters,
        points_match,
    )
}


# JSON Schema with the keywords of `limits.yaml`.


def _fields(
    validator: Any, fields: Mapping[str, Any], value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword ``fields``: an object with no other fields, each by its own schema; null only where optional."""
    if not isinstance(value, dict):
        yield ValidationError("must provide an object")
        return
    for name, part in value.items():
        if name not in fields:
            yield ValidationError(f"invalid additional property: {name}")
        elif part is not None:
            yield from validator.descend(part, fields[name], path=name)
        elif name not in schema.get("required", ()):
            yield ValidationError(f"must not be null: {name}")


def _required(_: Any, names: list[str], value: Any, __: Any) -> Iterator[ValidationError]:
    """The keyword ``required``: fields that an object must have, and not as null."""
    for name in names if isinstance(value, dict) else ():
        if value.get(name) is None:
            yield ValidationError(f"missing required field: {name}")


def _kinds(
    validator: Any, kinds: Mapping[str, Any], value: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword ``kinds``: an object by the schema of its ``type``."""
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict):
        yield ValidationError("must provide an object")
    elif kind is None:
        yield ValidationError("missing required field: type")
    elif not isinstance(kind, str) or kind not in kinds:
        yield ValidationError(f"unsupported {schema.get('noun', 'type')}: {kind}", path=("type",))
    else:
        yield from validator.descend(value, kinds[kind])


def _characters(_: Any, limit: int | list[int], value: Any, __: Any) -> Iterator[ValidationError]:
    """The keyword ``characters``: the greatest length of a text, which is not empty, or [least, greatest]."""
    low, high = limit if isinstance(limit, list) else (1, limit)
    if not isinstance(value, str):
        yield ValidationError("must provide a string")
    elif length(value) > high:
        yield ValidationError(f"must be less than {high + 1} characters")
    elif length(value) < low:
        yield ValidationError(f"must be more than {low - 1} characters")


def _format(_: Any, name: str, value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """The keyword ``format``: a text of this name in FORMATS."""
    # because the keyword ``characters`` reports a text of the wrong length already
    if "characters" in schema and any(_characters(_, schema["characters"], value, schema)):
        return
    if not isinstance(value, str) or FORMATS[name].fullmatch(value) is None:
        yield ValidationError(f"must be a valid {name}")


def _text(**flags: str) -> Callable[..., Iterator[ValidationError]]:
    """Return a keyword for text objects; ``flags`` are the types allowed, each with the name of its optional flag."""

    @cache
    def schema(most: int) -> dict[str, Any]:
        kinds = {
            kind: {
                "required": ["text"],
                "fields": {"type": {}, "text": {"characters": most}, flag: {"type": "boolean"}},
            }
            for kind, flag in flags.items()
        }
        return {"noun": "text type", "kinds": kinds}

    def check(validator: Any, most: int, value: Any, _: Any) -> Iterator[ValidationError]:
        return iter(validator.descend(value, schema(most)))

    return check


def _rules(_: Any, names: list[str], value: Any, __: Any) -> Iterator[ValidationError]:
    """The keyword ``rules``: the functions in RULES with these names."""
    for name in names if isinstance(value, dict) else ():
        for problem, path in RULES[name](value):
            yield ValidationError(problem, path=path)


def _is_integer(_: Any, value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_: Any, value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


_LIMITS: Any = extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {
        "fields": _fields,
        "required": _required,
        "kinds": _kinds,
        "characters": _characters,
        "format": _format,
        "plain_text": _text(plain_text="emoji"),
        "any_text": _text(plain_text="emoji", mrkdwn="verbatim"),
        "rules": _rules,
    },
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many({"integer": _is_integer, "number": _is_number}),
)


@cache
def _validator(schema_name: str) -> Any:
    return _LIMITS(limits()["views"] if schema_name == "views" else limits()["surfaces"][schema_name])


def _problems_by_schema(schema_name: str, value: Any, at: str) -> list[str]:
    """Return the problems with a view (``views``), or with blocks by the name of their surface."""
    return [
        _problem(_words(error), at + "".join(f"/{part}" for part in error.absolute_path))
        for error in _validator(schema_name).iter_errors(value)
    ]


def _words(error: ValidationError) -> str:
    """Return the problem in Slack's words; our own keywords have worded it already."""
    limit: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "type":
            return f"must provide {TYPES[limit]}"
        case "enum":
            return f"must be one of: {', '.join(map(str, limit))}"
        case "minItems":
            return f"no less than {limit} items allowed"
        case "maxItems":
            return f"no more than {limit} items allowed"
        case "minimum" | "maximum":
            return f"must be between {schema['minimum']} and {schema['maximum']}"
        case "anyOf":
            return f"must define either {' or '.join(f'`{name}`' for [name] in (one['required'] for one in limit))}"
        case _:
            return error.message
