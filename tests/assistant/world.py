"""The accounts and people that the labelled questions are about. Every name here is invented."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from agendas.facts.account import ListStatus, Stage
from agendas.facts.people import Function, PersonFacts, Right

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
"""A Thursday, 10:00 in Berlin."""

TODAY = date(2026, 11, 26)


@dataclass(frozen=True, slots=True)
class Named:
    """An account of the world; `owner` and `partner` are keys of people, `place` its channel where it has one."""

    account_id: int
    name: str
    segment: str = ""
    tier: int | None = None
    stage: Stage = Stage.TARGET
    owner: str = ""
    partner: str = ""
    domain: str = ""
    aliases: tuple[str, ...] = ()
    status: ListStatus = ListStatus.NAMED
    value: int | None = None
    is_private: bool = False


def _member(number: int, name: str, function: Function, right: Right = Right.EDITOR) -> PersonFacts:
    return PersonFacts(f"U0WORLD{number:02}", name, right, function, ZONE)


PEOPLE = {
    "nora": _member(1, "Nora Voss", Function.SALES),
    "tomas": _member(2, "Tomas Rehak", Function.SALES),
    "may": _member(3, "May Lindqvist", Function.SALES),
    "priya": _member(4, "Priya Raman", Function.MARKETING, Right.ADMIN),
    "ines": _member(5, "Inês Costa", Function.MARKETING),
    "paula": _member(6, "Paula Stein", Function.EXECUTIVE, Right.VIEWER),
    "lee": _member(7, "Lee Park", Function.FINANCE, Right.VIEWER),
    "mark": _member(8, "Mark Olsen", Function.PRODUCT),
    "will": _member(9, "Will Turner", Function.CUSTOMER_SUCCESS),
    "alex-m": _member(10, "Alex Moreau", Function.SALES),
    "alex-w": _member(11, "Alex Winter", Function.MARKETING),
}


def _accounts() -> Iterator[tuple[str, Named]]:
    with Path("tests/assistant/accounts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield (
                row["key"],
                Named(
                    int(row["id"]),
                    *(row["name"], row["segment"], int(row["tier"]) if row["tier"] else None, Stage(row["stage"])),
                    *(row["owner"], row["partner"], row["domain"], tuple(filter(None, row["aliases"].split(",")))),
                    *(ListStatus(row["status"]), int(row["value"]) if row["value"] else None, bool(row["private"])),
                ),
            )


ACCOUNTS = dict(_accounts())
"""Accounts by key. Orrin Rail is private: only Priya and Paula are in its channel."""

SEES_PRIVATE = ("priya", "paula")

CONTACTS = {
    "maple-insurance": ("Dana Weber", "Hugo Blanc", "Rita Salo"),
    "corvane": ("Erik Sund", "Marta Oliva"),
    "brightwater": ("Jo Whitfield",),
    "merrow": ("Samir Haddad", "Lena Fuchs"),
    "kestrel": ("Olga Petrenko",),
}
"""People at accounts: Dana Weber is the economic buyer, Hugo Blanc the champion of Maple Insurance."""
