"""Words by which an update tells who acted and how."""

from agendas.facts.evidence import BuyerAct

BUYER = frozenset(
    {
        *("they", "them", "their", "theirs", "he", "she", "his", "her", "him", "somebody", "someone"),
        *("buyer", "buyers", "customer", "customers", "client", "prospect", "champion", "sponsor", "evaluator"),
        *("ceo", "cfo", "cio", "cto", "ciso", "coo", "cmo", "cro", "cpo", "cdo", "chairman", "president", "founder"),
        *("vp", "director", "head", "manager", "architect", "engineer", "engineers", "lawyer", "lawyers", "counsel"),
        *("procurement", "purchasing", "legal", "finance", "board", "security", "operations"),
    }
)
"""Words for somebody on the buyer's side, where "our" does not stand before them."""

US = frozenset({"we", "i", "me", "us"})
OUR_PEOPLE = frozenset(
    {
        *("ceo", "cfo", "cio", "cto", "ciso", "coo", "cmo", "cro", "vp", "director", "head", "manager", "founder"),
        *("team", "sales", "marketing", "sdr", "ae", "rep", "engineer", "engineers", "consultant", "consultants"),
        *("lawyer", "lawyers", "executive", "partner", "people", "product", "success"),
    }
)
"""Words after "our" for somebody on our side; "our deck" does not act."""

THIRD_PARTY = frozenset(
    {
        *("press", "newspaper", "paper", "magazine", "article", "journalist", "analyst", "analysts", "registry"),
        *("register", "filing", "filings", "reseller", "integrator", "auditor", "auditors", "regulator"),
    }
)

ACTS = frozenset(
    {
        *("sent", "sends", "wrote", "writes", "replied", "replies", "answered", "answers", "asked", "asks", "mailed"),
        *("requested", "requests", "called", "calls", "rang", "phoned", "emailed", "messaged", "texted", "posted"),
        *("met", "joined", "attended", "came", "visited", "visits", "booked", "accepted", "accepts", "confirmed"),
        *("confirms", "agreed", "agrees", "approved", "approves", "signed", "signs", "shared", "shares", "forwarded"),
        *("introduced", "introduces", "invited", "invites", "returned", "gave", "gives", "offered", "offers", "chose"),
        *("chosen", "selected", "decided", "started", "opened", "downloaded", "filled", "registered", "used", "tested"),
        *("tried", "presented", "published", "pitched", "followed", "delivered", "proposed", "quoted", "submitted"),
        *("showed", "held", "ran", "said", "says", "told", "tells", "bought", "ordered", "renewed", "extended", "paid"),
        *("named", "appointed", "announced", "reported", "hired", "committed", "reviewed", "commented", "completed"),
        *("rejected", "declined", "cancelled", "brought", "changed", "prepared"),
        *(
            "sending",
            "uploaded",
            "scheduled",
            "reached",
            "contacted",
            "launched",
            "invoiced",
            "countersigned",
            "cleared",
        ),
        *("passed", "picked", "hosted", "toured", "trialled", "expanded", "added"),
    }
)
"""Verbs of what was done; wishes and plans are not among them."""

NOT_DONE = frozenset(
    {
        *("not", "no", "never", "nobody", "none", "without", "nothing", "cannot", "wait", "waiting", "awaiting"),
        *("will", "shall", "would", "could", "should", "may", "might", "plan", "plans", "hope", "hopes", "if"),
        *("going", "want", "wants", "wanted", "expect", "expecting", "until", "unless", "need", "needs"),
    }
)
"""Words that make of a verb something that has not happened."""

BUYER_ALONE = frozenset(
    {*("replied", "countersigned", "signed", "accepted", "approved", "attended", "requested", "confirmed", "bought")}
)
"""Verbs that begin a sentence without a subject where the buyer did it: "Signed the order form"."""

JOINT_ACTS = frozenset({"met", "spoke", "talked", "visited"})
"""What we do with the buyer, who is there then: "we met their CFO"."""

JOINT_NOUNS = frozenset(
    {
        *("meeting", "meetings", "call", "demo", "workshop", "kickoff", "kick-off", "session", "lunch", "dinner"),
        *("visit", "conversation", "interview", "pilot"),
    }
)
NOUNS_FROM = frozenset(
    {
        *("mail", "email", "e-mail", "reply", "answer", "message", "letter", "note", "call", "request", "order"),
        *("feedback", "comment", "comments", "redlines", "signature", "approval", "confirmation", "po", "yes"),
    }
)

ACT_KINDS: dict[str, BuyerAct] = {
    **dict.fromkeys(
        ("mail", "mailed", "email", "emailed", "e-mail", "replied", "reply", "wrote", "answered"), BuyerAct.MAIL
    ),
    **dict.fromkeys(("call", "called", "phone", "phoned", "rang", "spoke"), BuyerAct.CALL),
    **dict.fromkeys(
        (
            *("meeting", "met", "demo", "workshop", "kickoff", "kick-off", "attended", "joined", "dinner", "lunch"),
            *("session", "interview"),
        ),
        BuyerAct.MEETING,
    ),
    **dict.fromkeys(("form", "registered", "filled"), BuyerAct.FORM),
    **dict.fromkeys(("visited", "visit", "visits", "downloaded"), BuyerAct.VISIT),
    **dict.fromkeys(("message", "messaged", "texted", "chat", "linkedin", "commented"), BuyerAct.MESSAGE),
    **dict.fromkeys(
        (
            *("signed", "countersigned", "contract", "order", "po", "nda", "document", "redlines", "rfp", "letter"),
            *("minutes", "agreement"),
        ),
        BuyerAct.DOCUMENT,
    ),
    **dict.fromkeys(("deal", "won", "closed-won"), BuyerAct.DEAL),
}
"""Kind of act by the word that tells of it."""
