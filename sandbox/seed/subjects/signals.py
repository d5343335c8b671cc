"""Signals of the sample's accounts, most of them visits sent by the website. All are invented."""

from collections.abc import Iterator

from agendas.facts.signals import SignalKind, SignalStrength
from sandbox.seed.steps import StepsByAccount
from sandbox.seed.subject_steps import AddSignal

HIGH, MEDIUM, LOW = SignalStrength
THE_PROGRAM = ""


def _visits(text: str, days: str, strength: SignalStrength = MEDIUM, person: str = "") -> Iterator[AddSignal]:
    """One visit at ten to eleven of each of these days, as "3 mon, 4 tue"."""
    for day in days.split(", "):
        yield AddSignal(f"{day} 10:50", THE_PROGRAM, SignalKind.WEB_VISIT, strength, text, person)


SIGNALS: StepsByAccount = {
    "Corvane Logistics": (
        *_visits("Read the page on overtime", "3 fri, 4 tue, 5 wed, 6 thu, 7 tue, 8 mon, 9 wed, 10 tue"),
        *_visits("Looked at prices", "7 wed, 8 thu, 10 thu", HIGH, "rita@corvane.example"),
        AddSignal("6 fri 14:00", "nora", SignalKind.HIRING, MEDIUM, "Two planners are looked for in Albany"),
        AddSignal(
            "9 mon 15:00",
            "malik",
            SignalKind.COMPETITIVE_RESEARCH,
            MEDIUM,
            "Asked a partner of ours about another vendor",
        ),
    ),
    "Osprey Gridworks": (
        *_visits("Read the storm roster paper", "1 tue, 2 mon, 2 thu, 3 mon, 3 wed, 4 tue, 4 fri, 5 tue, 5 thu, 6 mon"),
        *_visits("Looked at the security page", "4 wed, 5 mon, 5 fri", HIGH, "walt@ospreygrid.example"),
        *_visits("Came back to the start page", "7 tue, 8 thu", LOW),
        AddSignal("9 thu 16:05", "tomas", SignalKind.EXEC_MOVE, HIGH, "Head of IT left for another company"),
        AddSignal("8 tue 09:00", "malik", SignalKind.COMPETITIVE_RESEARCH, HIGH, "Named a second vendor in the tender"),
    ),
    "Brightwater Rail": (
        *_visits("Read the page on union rules", "4 tue, 6 mon, 7 thu, 8 tue, 9 wed"),
        *_visits("Read how data stays in the country", "10 mon, 10 tue, 10 wed, 10 thu", HIGH),
        *_visits("Looked at the contract terms", "10 fri", HIGH, "owen@brightwater.example"),
        AddSignal("9 fri 11:00", "malik", SignalKind.EVENT, MEDIUM, "Two roster clerks came to our rail evening"),
    ),
    "Juniper Vale Health": (
        AddSignal("7 thu 09:00", "malik", SignalKind.CONTENT, HIGH, "Clinic story opened by eleven people"),
        *_visits("Read the clinic story", "8 wed, 9 tue, 10 thu"),
    ),
    "Halden Pharma": (
        *_visits("Read the page on audits", "3 thu, 4 thu, 5 wed, 7 tue"),
        AddSignal(
            "10 tue 10:44", "priya", SignalKind.EXEC_MOVE, HIGH, "Head of plants left, an interim head took over"
        ),
    ),
    "Tallow & Pine": (
        *_visits("Looked at retail rosters", "5 wed, 6 thu", LOW),
        AddSignal(
            "8 wed 09:00", "malik", SignalKind.INTENT, HIGH, "Searches for shop rosters rose, says our intent source"
        ),
    ),
    "Merrow Insurance": (
        AddSignal("10 mon 12:00", "helen", SignalKind.PRODUCT_USAGE, HIGH, "96 of 120 seats used daily"),
    ),
    "Lindqvist Paper": (
        AddSignal("10 wed 09:00", "malik", SignalKind.TECH_CHANGE, MEDIUM, "Two mills get new time clocks"),
        *_visits("Read the night shift paper", "10 wed, 10 thu, 10 fri", HIGH),
    ),
    "Fennimore Tools": (*_visits("Read the shift letter", "5 tue, 7 tue, 9 tue, 10 tue", LOW),),
    "Kestrel Foods": (
        *_visits("Read the shift handover guide", "3 mon, 6 wed, 8 fri", MEDIUM, "bo@kestrelfoods.example"),
        AddSignal("10 fri 17:40", "tomas", SignalKind.EVENT, MEDIUM, "Met at the food fair, stayed for ten minutes"),
    ),
}
