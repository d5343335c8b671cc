"""The accounts and people that the labelled questions are about. Every name here is invented."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

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

FINANCE, MAKING, HEALTH, ENERGY = "Financial services", "Manufacturing", "Healthcare", "Energy"
TRANSPORT, FOOD, SOFTWARE = "Transport", "Food", "Software"
CANDIDATE, PAUSED, REMOVED, REJECTED = ListStatus.CANDIDATE, ListStatus.PAUSED, ListStatus.REMOVED, ListStatus.REJECTED

ACCOUNTS = {
    "maple": Named(1, "Maple", SOFTWARE, 2, Stage.ENGAGED, "nora", "ines", "maple.example", value=90_000),
    "maple-insurance": Named(
        2, "Maple Insurance", FINANCE, 1, Stage.OPPORTUNITY, "nora", "ines", "mapleins.example", value=310_000
    ),
    "early": Named(3, "Early", SOFTWARE, 3, Stage.AWARE, "may", "priya", "early.example", value=40_000),
    "corvane": Named(
        4,
        "Corvane Logistics",
        TRANSPORT,
        1,
        Stage.OPPORTUNITY,
        "nora",
        "ines",
        "corvane.example",
        ("CVL",),
        value=420_000,
    ),
    "brightwater": Named(
        5, "Brightwater Energy", ENERGY, 1, Stage.MQA, "tomas", "priya", "brightwater.example", value=260_000
    ),
    "halden": Named(6, "Halden Pumpworks", MAKING, 1, Stage.ENGAGED, "tomas", "priya", "halden.example", value=180_000),
    "tallow": Named(7, "Tallow & Finch", FOOD, 2, Stage.AWARE, "may", "ines", "tallow.example", value=75_000),
    "merrow": Named(8, "Merrow Health", HEALTH, 1, Stage.CUSTOMER, "will", "priya", "merrow.example", value=350_000),
    "sable": Named(9, "Sable Rail", TRANSPORT, 2, Stage.ENGAGED, "tomas", status=PAUSED, domain="sable.example"),
    "juniper": Named(10, "Juniper Foods", FOOD, 3, Stage.AWARE, "may", status=REMOVED, domain="juniper.example"),
    "etoile": Named(
        11, "Étoile Systèmes", SOFTWARE, 2, Stage.ENGAGED, "alex-m", "alex-w", "etoile.example", value=120_000
    ),
    "nordhavn": Named(
        12, "Nørdhavn Shipping", TRANSPORT, 2, Stage.TARGET, "tomas", "ines", "nordhavn.example", value=150_000
    ),
    "3d-parts": Named(13, "3D Parts", MAKING, 3, Stage.AWARE, "alex-m", domain="3dparts.example"),
    "open-road": Named(14, "Open Road", TRANSPORT, 3, Stage.TARGET, "may", "priya", "openroad.example"),
    "march": Named(15, "March Foods", FOOD, 2, Stage.MQA, "may", "ines", "marchfoods.example", value=110_000),
    "vantor": Named(
        16, "Vantor Robotics", MAKING, 2, Stage.ENGAGED, "alex-m", "alex-w", "vantor.example", value=95_000
    ),
    "vantora": Named(17, "Vantora Robotics", MAKING, 3, Stage.TARGET, "nora", "alex-w", "vantora.example"),
    "fennimore": Named(
        18,
        "Fennimore Bank",
        FINANCE,
        2,
        Stage.OPPORTUNITY,
        "may",
        "priya",
        "fennimore.example",
        ("FNB",),
        value=230_000,
    ),
    "lakeview": Named(
        19, "Lakeview Hospital Group", HEALTH, 2, Stage.AWARE, "will", "ines", "lakeview.example", value=140_000
    ),
    "signal-works": Named(20, "Signal Works", SOFTWARE, 3, Stage.ENGAGED, "tomas", domain="signalworks.example"),
    "next-labs": Named(21, "Next Generation Labs", HEALTH, 3, Stage.TARGET, "", domain="nextgen.example"),
    "obrien": Named(22, "O'Brien Tools", MAKING, 3, Stage.AWARE, "alex-m", "ines", "obrien.example", value=55_000),
    "kestrel": Named(
        23,
        "Kestrel Airways",
        TRANSPORT,
        1,
        Stage.ENGAGED,
        "alex-m",
        "alex-w",
        "kestrel.example",
        ("KST",),
        value=390_000,
    ),
    "umber": Named(24, "Umber Foods", FOOD, 3, Stage.CUSTOMER, "will", "priya", "umber.example", ("UF",), value=60_000),
    "pilot-grove": Named(
        25, "Pilot Grove", FOOD, None, Stage.TARGET, "may", status=CANDIDATE, domain="pilotgrove.example"
    ),
    "quill": Named(26, "Quill & Sons", FINANCE, None, Stage.TARGET, "tomas", status=CANDIDATE, domain="quill.example"),
    "rusk": Named(27, "Rusk Retail", FOOD, None, Stage.TARGET, "may", status=REJECTED, domain="rusk.example"),
    "orrin": Named(28, "Orrin Rail", TRANSPORT, 2, Stage.ENGAGED, "priya", "priya", "orrin.example", is_private=True),
}
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
