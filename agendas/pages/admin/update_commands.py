"""Help about the commands that record something of an account, and the shape of the help about every command."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. `word` is the slash command without its slash, and the word after it if it has one."""

    word: str
    usage: str
    meaning: str
    examples: tuple[str, ...] = ()


UPDATES = (
    CommandHelp(
        "move",
        "/move ACCOUNT [to STAGE] TEXT",
        "records movement; stages are target, aware, engaged, MQA, opportunity, customer",
        (
            "/move acme to engaged CFO joined the demo https://notes.example.com/demo",
            "/move acme they hired a new CIO",
        ),
    ),
    CommandHelp(
        "move waiting",
        "/move ACCOUNT waiting until DATE because TEXT",
        "records a date that the buyer confirmed, with its link; until then the account is not stalled",
        ("/move acme waiting until 14 dec because their board decides https://notes.example.com/mail",),
    ),
    CommandHelp("move nothing", "/move ACCOUNT nothing", "records that nothing moved", ("/move acme nothing",)),
    CommandHelp(
        "blocker",
        "/blocker ACCOUNT TEXT [@who] [needs FUNCTION]",
        "records a blocker, its owner and whose help it needs",
        ("/blocker acme legal has the data agreement @bob needs finance",),
    ),
    CommandHelp(
        "blocker resolve",
        "/blocker ACCOUNT resolve [TEXT]",
        "resolves a blocker",
        ("/blocker acme resolve the agreement is signed",),
    ),
    CommandHelp(
        "next",
        "/next ACCOUNT TEXT [@who] [by DATE]",
        "records a next action; yours and by the next review unless you say otherwise",
        ("/next acme call the CFO @ann by fri",),
    ),
    CommandHelp(
        "next done",
        "/next ACCOUNT done [TEXT]",
        "closes the open next action as done",
        ("/next acme done they signed the order form",),
    ),
    CommandHelp(
        "next slipped",
        "/next ACCOUNT slipped to DATE because TEXT",
        "moves the open next action to a later date",
        ("/next acme slipped to 4 dec because legal is slow",),
    ),
    CommandHelp(
        "next dropped",
        "/next ACCOUNT dropped because TEXT",
        "drops the open next action",
        ("/next acme dropped because they bought elsewhere",),
    ),
    CommandHelp(
        "next give",
        "/next ACCOUNT give TEXT to @who",
        "gives the open next action of that text to somebody else",
        ("/next acme give call the CFO to @ann",),
    ),
    CommandHelp(
        "signal",
        "/signal ACCOUNT KIND [STRENGTH] TEXT",
        "notes a signal, a hint that moves no stage",
        ("/signal acme hiring high they look for a head of procurement",),
    ),
)
