"""The deals of the sample's CRM, and the exports of it that were imported before reviews. All are invented."""

from dataclasses import dataclass

from agendas.facts.deals import OpportunityType, Phase

SYSTEM = "salesforce"
STAGES = (
    ("Qualification", Phase.EARLY),
    ("Proposal", Phase.MIDDLE),
    ("Negotiation", Phase.LATE),
    ("Closed Won", Phase.WON),
    ("Closed Lost", Phase.LOST),
)
"""The CRM's stages and their phases, as answered at the first import."""

IMPORTS = ("-2 mon 08:20", "2 mon 08:20", "6 wed 08:20", "8 mon 08:20", "9 mon 08:20", "10 mon 08:20", "11 mon 08:20")
"""Times of the imports, each with the whole history: now and then at first, in the end each week."""


@dataclass(frozen=True, slots=True)
class DealEntry:
    """The state of a deal in the CRM from `when` on; `amount` in whole units, `closes` a day such as "12 fri"."""

    when: str
    stage: str
    amount: int
    closes: str


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal and its history."""

    account: str
    number: str
    name: str
    currency: str
    entries: tuple[DealEntry, ...]
    type: OpportunityType = OpportunityType.NEW_BUSINESS
    next_step: str = ""


DEALS = (
    Deal(
        "Corvane Logistics",
        "006SAMPLE000001AAA",
        "31 depots",
        "USD",
        (
            DealEntry("7 thu 14:05", "Qualification", 420_000, "11 fri"),
            DealEntry("8 tue 11:30", "Proposal", 420_000, "11 fri"),
            DealEntry("9 wed 17:40", "Proposal", 420_000, "12 fri"),
            DealEntry("10 wed 18:00", "Proposal", 420_000, "14 fri"),
        ),
        next_step="Agree on the liability cap",
    ),
    Deal(
        "Osprey Gridworks",
        "006SAMPLE000002AAA",
        "Tender for 900 crews",
        "USD",
        (DealEntry("6 tue 10:40", "Qualification", 365_000, "17 fri"),),
        next_step="Wait for the shortlist",
    ),
    Deal(
        "Brightwater Rail",
        "006SAMPLE000003AAA",
        "Three depots",
        "GBP",
        (DealEntry("10 wed 11:10", "Qualification", 96_000, "14 fri"),),
        next_step="Board meeting",
    ),
    Deal(
        "Merrow Insurance",
        "006SAMPLE000004AAA",
        "First service centre",
        "USD",
        (DealEntry("-3 tue 09:05", "Closed Won", 112_000, "-3 tue"),),
    ),
    Deal(
        "Merrow Insurance",
        "006SAMPLE000005AAA",
        "Claims team, 60 seats",
        "USD",
        (
            DealEntry("8 mon 15:00", "Qualification", 40_000, "10 fri"),
            DealEntry("9 mon 16:00", "Negotiation", 48_000, "10 fri"),
            DealEntry("10 fri 14:10", "Closed Won", 48_000, "10 fri"),
        ),
        OpportunityType.EXISTING_BUSINESS,
    ),
    Deal(
        "Halden Pharma",
        "006SAMPLE000006AAA",
        "Three plants",
        "EUR",
        (
            DealEntry("8 tue 09:30", "Qualification", 140_000, "16 fri"),
            DealEntry("10 tue 11:00", "Closed Lost", 140_000, "10 tue"),
        ),
    ),
    Deal(
        "Halverne Ports",
        "006SAMPLE000008AAA",
        "Six terminals",
        "USD",
        (
            DealEntry("-3 wed 11:10", "Qualification", 390_000, "5 fri"),
            DealEntry("0 wed 11:20", "Proposal", 390_000, "6 fri"),
            DealEntry("3 fri 16:10", "Proposal", 390_000, "9 fri"),
            DealEntry("6 thu 15:20", "Closed Lost", 390_000, "6 thu"),
        ),
    ),
    Deal(
        "Pellow Dairies",
        "006SAMPLE000009AAA",
        "First dairy",
        "USD",
        (
            DealEntry("-8 wed 15:20", "Qualification", 88_000, "-5 fri"),
            DealEntry("-4 wed 10:20", "Closed Won", 88_000, "-4 wed"),
        ),
    ),
    Deal(
        "Pellow Dairies",
        "006SAMPLE000010AAA",
        "Second dairy, 40 seats",
        "USD",
        (
            DealEntry("1 tue 10:10", "Qualification", 31_000, "5 fri"),
            DealEntry("4 wed 12:10", "Closed Won", 31_000, "4 wed"),
        ),
        OpportunityType.EXISTING_BUSINESS,
    ),
    # opened in the CRM by somebody, while the account still stands at MQA here: it proposes a stage
    Deal(
        "Sable Hotels",
        "006SAMPLE000007AAA",
        "Eleven hotels",
        "EUR",
        (DealEntry("6 thu 10:20", "Qualification", 60_000, "18 fri"),),
        next_step="The owners' meeting",
    ),
)
