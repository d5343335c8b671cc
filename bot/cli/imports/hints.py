"""Hints on the options that a file needs before all of it can be imported."""

import shlex
from collections.abc import Iterator

from agendas.rules.imports.accounts.companies import NONE
from agendas.rules.imports.questions import ImportQuestions, StageAsked


def hints(asked: ImportQuestions) -> Iterator[str]:
    """Yield sentences on rows that are left out and amounts without a currency, with the options to add."""
    if asked.stages:
        named = ", ".join(f"{each.name} ({each.rows:,} row{'s' if each.rows != 1 else ''})" for each in asked.stages)
        yield f"These stages have no phase yet, so their rows are left out: {named}."
        options = " ".join(f"--stage {shlex.quote(_told(each))}" for each in asked.stages)
        yield f"Say what they mean, each as early, middle, late, won or lost, by adding: {options}"
    for company in asked.companies:
        names = [name for _, name in company.choices]
        rows = f"{company.rows:,} row{'s' if company.rows != 1 else ''}"
        example = shlex.quote(f"{company.label}={names[0] if names else NONE}")
        yield (
            f"{company.label} ({rows}) could be {' or '.join((*names, 'none of the accounts'))}. Say which with "
            f"--company {example}, or {NONE} for none."
        )
    if asked.untyped:
        is_one = asked.untyped == 1
        deals = "1 deal" if is_one else f"{asked.untyped:,} deals"
        yield (
            f"{deals} of accounts that have bought before {'names' if is_one else 'name'} no type, so "
            f"{'its row is' if is_one else 'their rows are'} left out. Say whether further deals are existing business "
            "with --further existing or --further new."
        )
    if asked.lacks_currency:
        yield "Amounts name no currency. Say which with --currency and its three letters."


def _told(stage: StageAsked) -> str:
    return f"{stage.name}={stage.proposed.value if stage.proposed else 'PHASE'}"
