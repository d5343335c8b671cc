"""Command-line options on how to read a file to import."""

import argparse
import shlex
from datetime import datetime

from agendas.errors import NotUnderstood
from agendas.facts.deals import OpportunityType, Phase
from agendas.rules.imports.reading.dates import DateOrder, ImportOptions
from agendas.rules.imports.reading.record_ids import read_crm
from agendas.text.limits import shown

CURRENCY_LETTERS = 3
FURTHER = {"existing": OpportunityType.EXISTING_BUSINESS, "new": OpportunityType.NEW_BUSINESS}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options on how to read a file."""
    parser.add_argument("--dates", choices=tuple(map(str, DateOrder)), help="what comes first in dates like 3/4/2026")
    parser.add_argument(
        "--stage",
        metavar="NAME=PHASE",
        action="append",
        default=[],
        help="the phase of a stage of deals: early, middle, late, won or lost; kept with --apply, may be repeated",
    )
    parser.add_argument(
        "--company",
        metavar="COMPANY=ACCOUNT",
        action="append",
        default=[],
        help="the account that a company of the file is, or none; may be repeated",
    )
    parser.add_argument(
        "--further",
        choices=tuple(FURTHER),
        help="the type of further deals of accounts that have bought, where the file names none",
    )
    parser.add_argument(
        "--currency", metavar="CODE", default="", help="the currency of amounts without one, such as EUR"
    )
    parser.add_argument(
        "--crm", metavar="NAME", default="", help="the CRM that the ids are of, where the file is of no CRM known here"
    )


def options_of(arguments: argparse.Namespace, *, zone: str, now: datetime) -> ImportOptions:
    """Return the options given. Raises NotUnderstood for a stage without a phase or a currency not of 3 letters."""
    currency = arguments.currency.upper()
    if currency and not (len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()):
        raise NotUnderstood(f"--currency takes three letters, such as EUR or USD, not {shown(arguments.currency)}.")
    dates = DateOrder(arguments.dates) if arguments.dates else None
    return ImportOptions(
        now,
        dates,
        tuple(map(_stage, arguments.stage)),
        currency,
        zone,
        tuple(map(_company, arguments.company)),
        FURTHER.get(arguments.further or ""),
        read_crm(arguments.crm),
    )


def options_again(arguments: argparse.Namespace) -> str:
    """Return the options given as text to type again, with a space before each; "" for none."""
    words = [
        *(("--what", arguments.what) if arguments.what else ()),
        *(("--dates", arguments.dates) if arguments.dates else ()),
        *(word for said in arguments.stage for word in ("--stage", said)),
        *(word for said in arguments.company for word in ("--company", said)),
        *(("--further", arguments.further) if arguments.further else ()),
        *(("--currency", arguments.currency) if arguments.currency else ()),
        *(("--crm", arguments.crm) if arguments.crm else ()),
    ]
    return "".join(f" {shlex.quote(word)}" for word in words)


def _company(said: str) -> tuple[str, str]:
    label, _, account = said.rpartition("=")
    if not label.strip() or not account.strip():
        raise NotUnderstood(
            '--company takes the company as the file has it, = and the account, as "Acme Group=Acme", not '
            f"{shown(said)}."
        )
    return label.strip(), account.strip()


def _stage(said: str) -> tuple[str, Phase]:
    name, _, phase = said.rpartition("=")
    known = {each.value: each for each in Phase}
    if not name.strip() or phase.strip().casefold() not in known:
        raise NotUnderstood(
            f'--stage takes the stage\'s name, = and its phase, as "Contract Sent=late", not {shown(said)}. '
            f"Phases are {', '.join(known)}."
        )
    return name.strip(), known[phase.strip().casefold()]
