"""Every command: how it is written, what it does, examples. One table, which help, manifest and handlers agree on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """One command. `word` is the slash command without its slash, and the word after it if it has one."""

    word: str
    usage: str
    meaning: str
    examples: tuple[str, ...] = ()


COMMANDS = (
    CommandHelp("account", "/account", "my accounts with state, days and next date"),
    CommandHelp("account ACCOUNT", "/account ACCOUNT", "the card of one account", ("/account acme",)),
    CommandHelp(
        "account list",
        "/account list [FILTER ...]",
        "the list, as `/abm list` shows it",
        ("/account list tier 1",),
    ),
    CommandHelp(
        "account why",
        "/account ACCOUNT why",
        "why it is on the list: why this account, why now, what motion will move it",
        ("/account acme why",),
    ),
    CommandHelp("account history", "/account ACCOUNT history", "everything recorded", ("/account acme history",)),
    CommandHelp("account group", "/account ACCOUNT group", "the buying group", ("/account acme group",)),
    CommandHelp(
        "account group add",
        "/account ACCOUNT group add NAME, TITLE, ROLE E-MAIL",
        "adds somebody to the buying group",
        ("/account acme group add Rita Sample, CFO, economic buyer rita@acme.example",),
    ),
    CommandHelp(
        "account fit",
        "/account ACCOUNT fit",
        "fit with its scores, missing answers and proposal",
        ("/account acme fit",),
    ),
    CommandHelp(
        "account deals",
        "/account ACCOUNT deals",
        "open deals by phase, won and lost ones, sums by currency",
        ("/account acme deals",),
    ),
    CommandHelp(
        "account narrative",
        "/account ACCOUNT narrative",
        "the account's business pressure, our point of view, proof and ask; earlier versions",
        ("/account acme narrative",),
    ),
    CommandHelp(
        "account product",
        "/account ACCOUNT product",
        "use case, proof, implementation fit and feedback to product",
        ("/account acme product",),
    ),
    CommandHelp(
        "account plays",
        "/account ACCOUNT plays",
        "running plays with their steps, and past plays with their outcome",
        ("/account acme plays",),
    ),
    CommandHelp(
        "account plays start",
        "/account ACCOUNT plays start NAME",
        "opens the form to start that play",
        ("/account acme plays start executive meeting",),
    ),
    CommandHelp(
        "account nominate",
        "/account nominate NAME [DOMAIN]",
        "proposes an account for the list",
        ("/account nominate Acme Corp acme.example",),
    ),
    CommandHelp("account edit", "/account edit ACCOUNT", "opens the account's form", ("/account edit acme",)),
    CommandHelp(
        "account private",
        "/account private ACCOUNT",
        "makes the account private to a channel that you are in, or lets everybody see it again",
        ("/account private acme",),
    ),
    CommandHelp(
        "account name",
        "/account name ACCOUNT tier 1 because TEXT",
        "puts a candidate on the list; the reason may go on with now: TEXT and motion: TEXT",
        (
            "/account name acme tier 1 because they renew in spring",
            "/account name acme tier 1 because 400 seats, now: they renew in spring, motion: our CFO calls theirs",
        ),
    ),
    CommandHelp(
        "account tier",
        "/account tier ACCOUNT 2 because TEXT",
        "changes the tier; the reason may go on as that of a naming",
        ("/account tier acme 2 because the budget was cut",),
    ),
    CommandHelp(
        "account pause",
        "/account pause ACCOUNT because TEXT",
        "takes it out of reviews for a while",
        ("/account pause acme because they reorganise until spring",),
    ),
    CommandHelp(
        "account remove",
        "/account remove ACCOUNT because TEXT",
        "takes it off the list and keeps its history",
        ("/account remove acme because they were acquired",),
    ),
    CommandHelp(
        "account reject",
        "/account reject ACCOUNT because TEXT",
        "says no to a candidate",
        ("/account reject acme because it has 20 seats",),
    ),
    CommandHelp(
        "account restore",
        "/account restore ACCOUNT because TEXT",
        "brings a paused, removed or rejected account back",
        ("/account restore acme because the freeze is over",),
    ),
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
        "signal",
        "/signal ACCOUNT KIND [STRENGTH] TEXT",
        "notes a signal, a hint that moves no stage",
        ("/signal acme hiring high they look for a head of procurement",),
    ),
    CommandHelp(
        "account signals", "/account ACCOUNT signals", "its signals and engagement", ("/account acme signals",)
    ),
    CommandHelp("review", "/review", "this channel's review: rhythm, next three dates, buttons"),
    CommandHelp("review schedule", "/review schedule", "sets or changes the rhythm, time and accounts"),
    CommandHelp(
        "review now",
        "/review now [ACCOUNT, ...]",
        "posts a review at once, of all or of these accounts",
        ("/review now", "/review now acme, globex"),
    ),
    CommandHelp("review close", "/review close", "closes the open review and posts the recap"),
    CommandHelp(
        "review skip",
        "/review skip [DATE] because TEXT",
        "leaves one date out",
        ("/review skip 2026-12-28 because of the holidays",),
    ),
    CommandHelp(
        "review move",
        "/review move [DATE] to DATE [TIME]",
        "holds one review at another time",
        ("/review move to tue 10:00",),
    ),
    CommandHelp("review pause", "/review pause", "stops reviews until they are resumed"),
    CommandHelp(
        "review resume",
        "/review resume",
        "resumes paused reviews, and retries a channel where posting failed",
    ),
    CommandHelp("review history", "/review history", "past reviews: held or not, who was there"),
    CommandHelp("review ledger", "/review ledger", "what was posted, late, missed or refused"),
    CommandHelp("abm", "/abm", "the menu of the program"),
    CommandHelp(
        "abm list",
        "/abm list [FILTER ...]",
        "the list by tier, with paused and candidates; or the accounts of a tier, state, person, segment or status",
        ("/abm list 1", "/abm list tier 2 stalled", "/abm list mine intervention", "/abm list candidates"),
    ),
    CommandHelp(
        "abm versions",
        "/abm versions [DATE]",
        "the list on a date; without one, what changed in the last 30 days",
        ("/abm versions", "/abm versions 2026-11-02"),
    ),
    CommandHelp(
        "abm versions",
        "/abm versions DATE to DATE",
        "what changed on the list between two dates, by whom and why",
        ("/abm versions 2026-10-01 to 2026-11-02",),
    ),
    CommandHelp("abm plays", "/abm plays [TIER]", "the plays with their steps; editors change them", ("/abm plays 1",)),
    CommandHelp(
        "abm settings",
        "/abm settings [WORD]",
        "limits, caps and rhythms of the program with their defaults; admins change them",
        ("/abm settings", "/abm settings tier 1 cap"),
    ),
    CommandHelp("abm preferences", "/abm preferences", "which messages of Cadence you get, and when"),
    CommandHelp("abm people", "/abm people [NAME]", "functions and rights, of all or by name", ("/abm people ann",)),
    CommandHelp(
        "abm people",
        "/abm people @who FUNCTION RIGHT",
        "gives a person a function and a right; for admins",
        ("/abm people @bob marketing editor",),
    ),
    CommandHelp("abm import", "/abm import", "takes a CSV file of accounts, people, deals or signals; for admins"),
    CommandHelp("abm import history", "/abm import history", "the latest imports, each with Undo; for admins"),
    CommandHelp("abm export", "/abm export", "sends admins everything as CSV files in a direct message"),
    CommandHelp("abm signals", "/abm signals", "how programs send signals, for admins"),
    CommandHelp("abm health", "/abm health", "health of Cadence: messages, channels, permissions, version; for admins"),
    CommandHelp("abm help", "/abm help [WORD]", "this page, or one command explained", ("/abm help move",)),
)
