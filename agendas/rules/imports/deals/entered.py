"""Stages that a deal was in before, from HubSpot's columns on when it entered each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agendas.rules.imports.reading.cells import Cells
from agendas.rules.imports.reading.columns import folded
from agendas.rules.imports.reading.values import one_line

LABEL = re.compile(r"""date entered ["'](?P<stage>.+?)(?:\s*\((?P<pipeline>[^()]*)\))?["']""", re.IGNORECASE)
NAME = re.compile(r"hs_(?:v2_)?date_entered_(?P<stage>\w+)", re.IGNORECASE)
CURRENT = "current_stage"


@dataclass(frozen=True, slots=True)
class StageColumn:
    """A column with the date on which deals entered a stage of a pipeline, "" where it names none."""

    field: str
    header: str
    stage: str
    pipeline: str = ""


def stage_columns(headers: Sequence[str]) -> tuple[StageColumn, ...]:
    """The columns with dates of stages; of two of one stage the first."""
    found: dict[tuple[str, str], StageColumn] = {}
    for header, label in zip(map(one_line, headers), folded(headers), strict=True):
        match = LABEL.fullmatch(header) or NAME.fullmatch(header)
        if match is None or match["stage"].casefold() == CURRENT:
            continue
        stage, pipeline = match["stage"], match.groupdict().get("pipeline") or ""
        found.setdefault((_key(stage), _key(pipeline)), StageColumn(f"entered {label}", label, stage, pipeline))
    return tuple(found.values())


def stages_entered(cells: Cells, columns: Sequence[StageColumn], stage_name: str) -> list[tuple[str, datetime]]:
    """The stages of the row's pipeline that the deal entered, with their instants, in their order.

    `stage_name` is the row's own stage: the others are named as it is, with their pipeline or without.
    """
    pipeline = _key(cells.text("pipeline"))
    found = []
    for column in columns:
        with_pipeline = f"{column.stage} ({column.pipeline})"
        if pipeline and column.pipeline and _key(column.pipeline) != pipeline:
            continue
        at = cells.instant(column.field)
        if at is not None:
            has_pipeline = bool(column.pipeline) and stage_name.endswith(f"({column.pipeline})")
            found.append((with_pipeline if has_pipeline else column.stage, at))
    return sorted(found, key=lambda entered: entered[1])


def _key(text: str) -> str:
    return one_line(text).casefold()
