"""Headers of our own for each kind of file: what each holds, and the empty files to fill in."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

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
    """Return the name of the kind's empty file."""
    return f"cadence-{kind}.csv"


def template_line(kind: str) -> str:
    """Return the header line of the kind, a word of TEMPLATE_KINDS, without its end."""
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="").writerow([header.name for header in HEADERS[kind]])
    return held.getvalue()


def template(kind: str) -> bytes:
    """Return the kind's empty file: the header line alone, in UTF-8 with its mark."""
    return f"{template_line(kind)}\r\n".encode(ENCODING)
