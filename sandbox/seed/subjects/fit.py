"""Fit scores of the sample's accounts, each with a line of reason. All are invented."""

from agendas.facts.fit import Criterion
from sandbox.seed.steps import StepsByAccount
from sandbox.seed.subject_steps import Score

ACV, EXPANSION, URGENCY = Criterion.ACV, Criterion.EXPANSION, Criterion.URGENCY
MOTION, SERVES, STRATEGIC = Criterion.SALES_MOTION, Criterion.IMPLEMENTATION_FIT, Criterion.STRATEGIC_VALUE

FIT: StepsByAccount = {
    "Corvane Logistics": (
        Score(
            "-2 wed 09:00",
            "nora",
            (
                (ACV, 4, "31 depots at list price are 420,000 a year"),
                (URGENCY, 4, "The COO promised ten percent less overtime by the end of the year"),
                (MOTION, 3, "We know a depot head from an earlier customer"),
            ),
        ),
        Score("-2 wed 11:00", "malik", ((URGENCY, 3, "Overtime is in their annual report, page 14"),)),
        Score("-2 thu 09:00", "jonas", ((ACV, 4, "Above twice our target, paid yearly"),)),
        Score(
            "-2 thu 10:00",
            "helen",
            ((EXPANSION, 3, "Warehouses and drivers could follow"), (SERVES, 4, "Two customers of the same kind")),
        ),
        Score("-2 fri 09:00", "dev", ((SERVES, 3, "Their time clocks need one connector, which we have"),)),
        Score("-2 fri 16:00", "paula", ((STRATEGIC, 4, "Opens logistics for us in the whole country"),)),
    ),
    "Osprey Gridworks": (
        Score(
            "-3 mon 09:00",
            "tomas",
            (
                (ACV, 4, "2,400 crews, nine of ten on rosters"),
                (URGENCY, 3, "The regulator asks for response times"),
                (MOTION, 3, "Tender, as with two energy customers"),
            ),
        ),
        Score(
            "-3 mon 10:00", "helen", ((EXPANSION, 3, "Two sister companies"), (SERVES, 4, "Same case as a customer"))
        ),
        Score("4 mon 15:10", "dev", ((SERVES, 4, "Storm rosters run at an energy company of twice their size"),)),
        Score("-3 tue 09:00", "paula", ((STRATEGIC, 3, "First large energy name in this region"),)),
    ),
    "Brightwater Rail": (
        Score(
            "-2 tue 09:00",
            "priya",
            (
                (ACV, 4, "14 depots, 310,000 pounds a year"),
                (URGENCY, 4, "Their roster system loses support next year"),
                (MOTION, 3, "Union and operations both talk to us"),
            ),
        ),
        Score(
            "-2 tue 10:00", "helen", ((EXPANSION, 3, "Station staff"), (SERVES, 3, "Union rules as at one customer"))
        ),
        Score("5 wed 09:00", "dev", ((SERVES, 3, "Union rules can be set by depot; breaks need a rule of their own"),)),
        Score("-2 wed 09:30", "paula", ((STRATEGIC, 4, "Rail is the segment we want to be known in"),)),
    ),
    "Juniper Vale Health": (
        Score(
            "-1 tue 09:00",
            "nora",
            (
                (ACV, 3, "Nine clinics, 280,000 a year"),
                (URGENCY, 4, "A tender is planned this year"),
                (MOTION, 3, "Helen knows the chief nurse"),
            ),
        ),
        Score("-1 wed 09:00", "helen", ((EXPANSION, 2, "Care homes, perhaps"), (SERVES, 4, "Two clinics use it"))),
        Score("6 thu 11:00", "dev", ((SERVES, 4, "Two clinics share one roster without any change"),)),
        Score("-1 fri 09:00", "paula", ((STRATEGIC, 4, "Healthcare is our second segment"),)),
    ),
    "Merrow Insurance": (
        Score("-2 wed 10:00", "nora", ((ACV, 2, "160,000 a year if claims joins"), (MOTION, 4, "They are a customer"))),
        Score("-2 wed 12:00", "helen", ((EXPANSION, 4, "Three more service centres"), (SERVES, 4, "They use it"))),
        Score("-2 thu 12:00", "malik", ((URGENCY, 2, "No date, but waiting times are watched"),)),
    ),
    "Tallow & Pine": (
        Score(
            "-1 mon 09:00",
            "tomas",
            (
                (ACV, 1, "88 small shops, 95,000 a year at best"),
                (URGENCY, 2, "A new head of stores, no date"),
                (MOTION, 3, "The head of stores knows us"),
            ),
        ),
        Score("-1 mon 10:00", "helen", ((EXPANSION, 1, "Shops only"), (SERVES, 3, "Retail rosters work"))),
        Score("6 thu 09:00", "jonas", ((ACV, 1, "They asked for a discount of a third"),)),
        Score("6 thu 10:00", "malik", ((URGENCY, 1, "Nobody there named a date in ten weeks"),)),
    ),
    "Kestrel Foods": (
        Score(
            "0 wed 09:00",
            "tomas",
            (
                (ACV, 2, "Two plants, 72,000 a year"),
                (URGENCY, 3, "A third shift starts in spring"),
                (MOTION, 3, "Tomas knows the plant manager"),
            ),
        ),
        Score("0 wed 10:00", "helen", ((EXPANSION, 3, "Four sister plants"), (SERVES, 4, "Same case as a customer"))),
        Score("10 mon 11:00", "malik", ((URGENCY, 3, "The plant manager asked twice since"),)),
    ),
    "Lindqvist Paper": (
        Score("9 mon 11:00", "priya", ((ACV, 3, "Four mills, 120,000 a year"), (MOTION, 3, "They called us"))),
        Score("9 tue 09:00", "dev", ((SERVES, 3, "New shift models are what we do best"),)),
    ),
    "Bluefen Capital": (
        Score("3 tue 10:00", "nora", ((ACV, 4, "Budget is not the question"), (MOTION, 3, "Our board knows theirs"))),
        Score("3 wed 09:00", "dev", ((SERVES, 0, "Nobody there works in shifts, there is nothing to plan"),)),
    ),
    "Nimbus Orchard": (
        Score(
            "10 wed 14:00",
            "tomas",
            (
                (ACV, 3, "600 seasonal workers at list price"),
                (URGENCY, 2, "They plan the next harvest in spring"),
                (MOTION, 4, "Their operations head used us in an earlier job"),
            ),
        ),
        Score("10 wed 15:00", "nora", ((ACV, 1, "They want to pay only for the harvest months"),)),
        Score(
            "10 thu 10:00",
            "helen",
            (
                (EXPANSION, 3, "Four packing stations, each with its own roster"),
                (SERVES, 3, "Two customers work the same way"),
            ),
        ),
    ),
}
