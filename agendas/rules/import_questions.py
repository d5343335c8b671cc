"""What has to be asked before a file can be written."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from agendas.facts.deals import Phase
from agendas.rules.account_list import WHOLE_TIERS
from agendas.rules.import_accounts import CompanyAsked, PlannedRow, Unnamed
from agendas.rules.import_deals import PlannedDeal, stage_key
from agendas.rules.import_people import PlannedPerson
from agendas.rules.import_tables import Ambiguous, ImportOptions, ImportPlan, Naming, Verdict

# Questions about a file to import: phases of its stages, order of its dates, currency of its amounts.

USUAL_PHASES = {
    "appointment scheduled": Phase.EARLY,
    "qualified to buy": Phase.EARLY,
    "presentation scheduled": Phase.MIDDLE,
    "decision maker bought-in": Phase.MIDDLE,
    "contract sent": Phase.LATE,
    "closed won": Phase.WON,
    "closed lost": Phase.LOST,
    "appointmentscheduled": Phase.EARLY,
    "qualifiedtobuy": Phase.EARLY,
    "presentationscheduled": Phase.MIDDLE,
    "decisionmakerboughtin": Phase.MIDDLE,
    "contractsent": Phase.LATE,
    "closedwon": Phase.WON,
    "closedlost": Phase.LOST,
    "prospecting": Phase.EARLY,
    "qualification": Phase.EARLY,
    "needs analysis": Phase.EARLY,
    "value proposition": Phase.MIDDLE,
    "id. decision makers": Phase.MIDDLE,
    "perception analysis": Phase.MIDDLE,
    "proposal/price quote": Phase.LATE,
    "negotiation/review": Phase.LATE,
}
"""Stages of HubSpot and Salesforce before anybody renamed them, with the phase proposed. A person confirms it."""


PIPELINE = re.compile(r"\s*\([^()]*\)\s*$")
"""The pipeline that HubSpot adds to a stage: `Closed Won (Sales Pipeline)`."""


@dataclass(frozen=True, slots=True)
class StageAsked:
    """A stage of the CRM that has no phase yet, in how many rows it stands, and the phase proposed, if any is usual."""

    name: str
    rows: int
    proposed: Phase | None


@dataclass(frozen=True, slots=True)
class CompanyQuestion:
    """A company that could be these accounts (id and name), or none of them; and in how many rows it stands."""

    label: str
    rows: int
    choices: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class NamingQuestion:
    """What a person may say of accounts that could be named.

    `untiered` have no tier, `unreasoned` wait for a reason, and `gaps` would be named in tier 1 or 2 without a why now
    or a motion. `given` was said before.
    """

    untiered: int = 0
    unreasoned: int = 0
    gaps: int = 0
    given: Naming = field(default_factory=Naming)


@dataclass(frozen=True, slots=True)
class ImportQuestions:
    """Questions about a file; `lacks_currency` is true when amounts in it name none.

    `unsaid` is a sentence about what has to be said before the file can be read at all: then `asks_dates`, `asks_crm`
    for the CRM of its ids, `kinds` are the words of what it can hold, or else it is the currency. `untyped` is the
    number of deals without a type whose accounts have bought before. `naming` is asked of accounts that may be named.
    """

    stages: tuple[StageAsked, ...] = ()
    lacks_currency: bool = False
    unsaid: str = ""
    asks_dates: bool = False
    companies: tuple[CompanyQuestion, ...] = ()
    untyped: int = 0
    asks_crm: bool = False
    kinds: tuple[str, ...] = ()
    naming: NamingQuestion | None = None

    @property
    def are_there(self) -> bool:
        return bool(self.stages or self.companies or self.untyped or self.lacks_currency or self.unsaid)

    @property
    def about(self) -> str:
        """The subject of `unsaid`: dates, crm, kind or currency."""
        found = (("dates", self.asks_dates), ("crm", self.asks_crm), ("kind", bool(self.kinds)))
        return next((about for about, is_asked in found if is_asked), "currency")


def questions_of(unsaid: Ambiguous) -> ImportQuestions:
    """Return the questions about a file that cannot be read before they are answered."""
    return ImportQuestions(
        unsaid=unsaid.question,
        asks_dates=unsaid.about == "dates",
        asks_crm=unsaid.about == "crm",
        kinds=unsaid.choices,
        lacks_currency=unsaid.about == "currency",
    )


def to_store(asked: ImportQuestions) -> dict[str, Any]:
    """The questions as JSON. Accounts are stored by id alone: their names are looked up for whoever is asked."""
    stages = [[each.name, each.rows, each.proposed.value if each.proposed else ""] for each in asked.stages]
    return {
        "stages": stages,
        "companies": [[each.label, each.rows, [number for number, _ in each.choices]] for each in asked.companies],
        "untyped": asked.untyped,
        "lacks_currency": asked.lacks_currency,
        "unsaid": asked.unsaid,
        "asks_dates": asked.asks_dates,
        "asks_crm": asked.asks_crm,
        "kinds": list(asked.kinds),
        "naming": asdict(asked.naming) if asked.naming else None,
    }


def from_store(stored: Mapping[str, Any], names: Mapping[int, str]) -> ImportQuestions:
    """The questions that `to_store` made the JSON of, with the accounts that have a name among these."""
    stages = (StageAsked(name, rows, Phase(phase) if phase else None) for name, rows, phase in stored["stages"])
    companies = (
        CompanyQuestion(label, rows, tuple((number, names[number]) for number in numbers if number in names))
        for label, rows, numbers in stored.get("companies", ())
    )
    return ImportQuestions(
        stages=tuple(stages),
        companies=tuple(companies),
        untyped=stored.get("untyped", 0),
        lacks_currency=stored["lacks_currency"],
        unsaid=stored["unsaid"],
        asks_dates=stored["asks_dates"],
        asks_crm=stored.get("asks_crm", False),
        kinds=tuple(stored.get("kinds", ())),
        naming=_naming(stored.get("naming")),
    )


def _naming(stored: Mapping[str, Any] | None) -> NamingQuestion | None:
    return NamingQuestion(**(dict(stored) | {"given": Naming(**stored["given"])})) if stored else None


def questions_of_accounts(plan: ImportPlan[PlannedRow], options: ImportOptions) -> ImportQuestions:
    """Return the question about tier and reasons of the accounts that could be named; none where none could."""
    named = [row for row in plan.rows if row.tier is not None]
    unnamed = Counter(row.unnamed for row in plan.rows)
    untiered, unreasoned = unnamed[Unnamed.NO_TIER], unnamed[Unnamed.NO_REASON]
    if options.naming is None or not (named or untiered or unreasoned):
        return ImportQuestions()
    gaps = sum(row.tier in WHOLE_TIERS and not (row.why_now and row.motion) for row in named)
    return ImportQuestions(naming=NamingQuestion(untiered, unreasoned, gaps, options.naming))


def questions_of_deals(plan: ImportPlan[PlannedDeal], _options: ImportOptions) -> ImportQuestions:
    """Return the questions about rows left out for their stage, company or type, and amounts without a currency."""
    rows = Counter(stage for row in plan.rows for stage in row.unmapped)
    stages = tuple(
        StageAsked(name, count, USUAL_PHASES.get(stage_key(PIPELINE.sub("", name)))) for name, count in rows.items()
    )
    new = [row.change.opportunity for row in plan.rows if row.change is not None and row.verdict is Verdict.CREATE]
    return ImportQuestions(
        stages,
        companies=companies_asked(row.asked for row in plan.rows),
        untyped=sum(row.lacks_type for row in plan.rows),
        lacks_currency=any(deal.amount_cents is not None and not deal.currency for deal in new),
    )


def questions_of_people(plan: ImportPlan[PlannedPerson], _options: ImportOptions) -> ImportQuestions:
    return ImportQuestions(companies=companies_asked(row.asked for row in plan.rows))


def companies_asked(rows: Iterable[CompanyAsked | None]) -> tuple[CompanyQuestion, ...]:
    """Return each company that rows ask about once."""
    found = Counter(row for row in rows if row is not None)
    return tuple(CompanyQuestion(each.label, count, each.choices) for each, count in found.items())


# Headers of our own for each kind of file: what each holds, and the empty files to fill in.

ENCODING = "utf-8-sig"
"""With the mark by which spreadsheets know UTF-8."""

TEMPLATE_KINDS = ("accounts", "contacts", "opportunities", "history", "signals")
OTHER_WORDS = {"deals": "opportunities"}
"""Other words for kinds."""


@dataclass(frozen=True, slots=True)
class OwnHeader:
    """One column of our own: its header, the form of its cells, an example, and whether no row can do without it."""

    name: str
    form: str
    example: str
    is_needed: bool = False


def _needed(name: str, form: str, example: str) -> OwnHeader:
    return OwnHeader(name, form, example, is_needed=True)


CRM_SYSTEM = OwnHeader("crm_system", "name of the CRM that the id is of", "hubspot")
AMOUNT = OwnHeader("amount", "a number, `.` before cents", "48000")
CURRENCY = OwnHeader("currency", "three letters", "EUR")
STAGE = _needed("stage", "the stage's name, as you call it", "Proposal sent")
PHASE = OwnHeader(
    "phase", "early, middle, late, won or lost: kept for the stage; without it, asked once for each stage", "late"
)
CLOSES_ON = OwnHeader("closes_on", "date", "2027-03-31")
DEAL_ID = OwnHeader("crm_id", "id of the opportunity in the CRM; without it, account and name are its identity", "7001")

HEADERS: Mapping[str, tuple[OwnHeader, ...]] = {
    "accounts": (
        _needed("name", "text, up to 120 characters", "Acme"),
        OwnHeader("domain", "the company's own domain or web address", "acme.example"),
        OwnHeader("owner", "e-mail address, full name or @name of a person in Slack", "Ann"),
        OwnHeader("marketing_partner", "as the owner", "@ines"),
        OwnHeader("our_executive", "as the owner", "paula@cadence.example"),
        OwnHeader("segment", "text", "Logistics"),
        OwnHeader("value", "yearly value, a number, `.` before cents", "120000"),
        CURRENCY,
        OwnHeader("stage", "target, aware, engaged, mqa, opportunity or customer; for new accounts", "engaged"),
        OwnHeader("tier", "1, 2 or 3: in which candidates can be named when the file is confirmed in Slack", "2"),
        OwnHeader("because", "text: why this account; for new and named ones", "They open six warehouses"),
        OwnHeader("why_now", "text; for new and named ones", "Their contract ends in May"),
        OwnHeader("motion", "text; for new and named ones", "Workshop with their planners"),
        CRM_SYSTEM,
        OwnHeader("crm_id", "id of the company in the CRM", "9001"),
    ),
    "contacts": (
        _needed("account", "name or domain of an account", "acme.example"),
        _needed("name", "text", "Rita Stone"),
        OwnHeader("title", "text", "Head of Operations"),
        OwnHeader("email", "e-mail address", "rita@acme.example"),
        OwnHeader("roles", "roles in the purchase, several separated by `;`", "champion; end user"),
        OwnHeader("support", "mentor, supporter, neutral, non supporter, enemy or unknown", "supporter"),
        OwnHeader("depth", "no contact, brief, multiple, in depth or unknown", "multiple"),
        OwnHeader("touched_on", "date: the last time this person did something towards you", "2026-11-20"),
        OwnHeader("left_on", "date: when this person was gone", ""),
        CRM_SYSTEM,
        OwnHeader("crm_id", "id of the person in the CRM", "5001"),
    ),
    "opportunities": (
        _needed("account", "name or domain of an account", "Acme"),
        _needed("name", "text", "Acme rollout"),
        STAGE,
        PHASE,
        AMOUNT,
        CURRENCY,
        CLOSES_ON,
        OwnHeader("type", "new business, existing business or renewal", "new business"),
        OwnHeader("next_step", "text", "Contract to their lawyer"),
        OwnHeader("entered_on", "date or time: since when in this stage", "2026-11-10"),
        OwnHeader("opened_on", "date or time: when it began", "2026-08-03"),
        CRM_SYSTEM,
        DEAL_ID,
    ),
    "history": (
        _needed("account", "name or domain of an account, as in the opportunities", "Acme"),
        _needed("name", "name of an opportunity that was imported", "Acme rollout"),
        STAGE,
        PHASE,
        AMOUNT,
        CURRENCY,
        CLOSES_ON,
        _needed("changed_on", "date or time: since when this was so", "2026-09-14"),
        CRM_SYSTEM,
        DEAL_ID,
    ),
    "signals": (
        _needed("account", "name, domain or CRM id of an account on the list", "acme.example"),
        _needed(
            "kind",
            "web_visit, content, intent, competitive_research, hiring, tech_change, exec_move, event, product_usage "
            "or other",
            "web_visit",
        ),
        _needed("occurred_at", "date or time", "2026-11-24"),
        OwnHeader("strength", "high, medium or low; medium when left out", "high"),
        OwnHeader("text", "text", "Pricing page, twice"),
        OwnHeader("url", "address that begins with https:// or http://", "https://analytics.example/visits/71"),
        OwnHeader("id", "the sender's own id; without it, the row's content is its identity", "visit-71"),
        OwnHeader("person", "e-mail address of a person at the account", "rita@acme.example"),
    ),
}
"""Our own headers by kind, in the order of the template."""


def template_name(kind: str) -> str:
    return f"cadence-{kind}.csv"


def template_line(kind: str) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="").writerow([header.name for header in HEADERS[kind]])
    return held.getvalue()


def template(kind: str) -> bytes:
    """Return the kind's empty file: the header line alone, in UTF-8 with its mark."""
    return f"{template_line(kind)}\r\n".encode(ENCODING)
