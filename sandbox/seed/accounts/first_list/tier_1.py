"""The accounts of tier 1 on the first list: a deal that was lost, and one that was never there. All are invented."""

from agendas.facts.account import Stage
from agendas.facts.events import DecisionKind
from agendas.facts.fit import Criterion
from agendas.facts.group import BuyingRole, ContactDepth, Support
from agendas.facts.motion import Motion
from agendas.facts.narrative import Narrative
from agendas.facts.plays import PlayEnd
from agendas.facts.product import ProductField
from sandbox.seed.steps import (
    AddAction,
    Decide,
    DropAction,
    FinishAction,
    Move,
    Nominate,
    OpenBlocker,
    PostponeAction,
    Proof,
    PutOnList,
    ResolveBlocker,
    Story,
    TakeAsk,
)
from sandbox.seed.subject_steps import (
    AddContact,
    AddProductInput,
    ContactLeft,
    EndPlay,
    Score,
    StartPlay,
    UpdateContact,
    WriteNarrative,
)

HALVERNE = Story(
    name="Halverne Ports",
    domain="halverne.example",
    segment="Logistics",
    owner="nora",
    executive="paula",
    value=390_000,
    currency="USD",
    steps=(
        Nominate("-15 tue 10:00", "nora", "Six terminals; crane crews are called in by phone"),
        PutOnList("-15 thu 15:00", "ines", 1, "Six terminals that plan crane crews by phone"),
        AddAction("-14 tue 10:00", "nora", "call", "Get a first call with the head of terminals", "-13 fri"),
        Move(
            "-13 wed 11:00",
            "nora",
            "Head of terminals took a call and named the nights that go wrong",
            Stage.AWARE,
            Proof("meeting", "First call with the head of terminals", "halverne/first-call"),
        ),
        FinishAction("-13 wed 11:05", "nora", "call"),
        AddContact(
            "-13 wed 11:10",
            "nora",
            "edda",
            "Edda Sample",
            "Head of terminals",
            (BuyingRole.CHAMPION,),
            support=Support.SUPPORTER,
        ),
        Move(
            "-10 thu 14:00",
            "nora",
            "Two terminal managers walked us through a night shift",
            Stage.ENGAGED,
            Proof("meeting", "Night shift with two terminal managers", "halverne/night-shift"),
        ),
        Score(
            "-8 tue 09:00",
            "nora",
            (
                (Criterion.ACV, 4, "Six terminals at list price are 390,000 a year"),
                (Criterion.URGENCY, 2, "Delays are charged to them, but no date is named"),
                (Criterion.SALES_MOTION, 3, "The head of terminals shows us around"),
            ),
        ),
        Score(
            "-8 wed 09:00",
            "helen",
            (
                (Criterion.EXPANSION, 3, "Tugs and pilots could follow"),
                (Criterion.IMPLEMENTATION_FIT, 3, "One customer plans crews in the same way"),
            ),
        ),
        StartPlay(
            "-7 mon 10:00",
            "malik",
            "executive_meeting",
            (("nora", "-7 fri"), ("malik", "-6 wed"), ("paula", "-6 fri"), ("paula", "-3 fri")),
            "-2 wed",
        ),
        FinishAction("-7 fri 15:00", "nora", "executive_meeting 1"),
        WriteNarrative(
            "-6 wed 15:00",
            "malik",
            Narrative(
                "Shipping lines charge them for every hour that a crane stands, and nobody sees it before the bill.",
                "A crew that is late is known at the gate, not in the office that could call another one.",
                "An inland port with two terminals has had no crane without a crew for five months.",
                "Plan the nights of one terminal with us for six weeks.",
                (BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER),
            ),
        ),
        FinishAction("-6 thu 09:00", "malik", "executive_meeting 2"),
        FinishAction("-5 mon 17:00", "paula", "executive_meeting 3", "Written, with two dates"),
        Move(
            "-5 wed 10:00",
            "nora",
            "Asked to see the nights of one terminal in our plan",
            Stage.MQA,
            Proof("message", "Mail of the head of terminals with one month of nights", "halverne/one-terminal"),
        ),
        FinishAction("-4 thu 17:30", "paula", "executive_meeting 4"),
        AddContact(
            "-4 thu 17:40",
            "nora",
            "ivo",
            "Ivo Sample",
            "Managing director",
            (BuyingRole.ECONOMIC_BUYER,),
            depth=ContactDepth.BRIEF,
        ),
        EndPlay(
            "-4 fri 10:00",
            "malik",
            "executive_meeting",
            PlayEnd.OUTCOME,
            "Their managing director met Paula and named who decides",
            Proof("meeting", "Note of the meeting with their managing director", "halverne/director"),
        ),
        Move(
            "-3 wed 11:00",
            "nora",
            "Asked for an offer for six terminals",
            Stage.OPPORTUNITY,
            Proof("message", "Mail that asks for the offer", "halverne/offer"),
        ),
        AddAction("-3 wed 11:10", "nora", "offer", "Send the offer for six terminals", "-1 wed"),
        FinishAction("-1 tue 16:00", "nora", "offer"),
        AddProductInput("-1 thu 10:00", "dev", ProductField.USE_CASE, "Crane crews called from the nearest terminal"),
        UpdateContact("0 wed 11:00", "nora", "edda", Support.MENTOR, ContactDepth.IN_DEPTH),
        Move(
            "1 thu 11:00",
            "nora",
            "Their IT asked for two weeks to look at our interfaces",
            proof=Proof("message", "Mail of their IT", "halverne/interfaces"),
        ),
        AddAction("1 thu 11:10", "nora", "interfaces", "Answer the list of their IT", "2 fri"),
        PostponeAction("2 fri 17:00", "nora", "interfaces", "3 fri", "Their list came late"),
        ContactLeft("3 thu 10:00", "nora", "edda"),
        OpenBlocker(
            "3 thu 10:10", "nora", "build", "Their board asks why they do not build it themselves", "executive"
        ),
        FinishAction("3 fri 16:00", "nora", "interfaces"),
        Decide(
            "4 mon 09:20",
            "ines",
            DecisionKind.INTERVENE,
            "Call their managing director before the board meets",
            ask_of="nora",
            by="5 fri",
            ref="director",
        ),
        TakeAsk("4 tue 10:00", "paula", "Call their managing director before the board meets"),
        FinishAction("6 tue 19:00", "paula", "director", "Reached him the day after the board had met"),
        Move(
            "6 thu 15:00",
            "nora",
            "Board decided to build a planning tool of its own",
            Stage.ENGAGED,
            Proof("message", "Mail of their managing director", "halverne/own-tool"),
        ),
        ResolveBlocker("6 thu 15:10", "nora", "build", "Decided against us"),
        Decide("8 mon 09:12", "ines", DecisionKind.REMOVE, "Builds its own tool; asked us to come back in two years"),
    ),
)

ASHDENE = Story(
    name="Ashdene Homes",
    domain="ashdene.example",
    segment="Healthcare",
    owner="nora",
    partner="malik",
    value=250_000,
    currency="USD",
    steps=(
        Nominate("-15 tue 11:00", "nora", "22 care homes, named by our board"),
        PutOnList("-15 thu 15:10", "ines", 1, "22 care homes under one management"),
        AddAction("-14 mon 09:25", "nora", "head", "Find out who plans the nights", "-12 fri"),
        Move(
            "-11 tue 10:00",
            "nora",
            "Head of nursing answered a letter with two questions",
            Stage.AWARE,
            Proof("message", "Two questions of the head of nursing", "ashdene/questions"),
        ),
        FinishAction("-11 tue 10:10", "nora", "head"),
        AddAction("-10 mon 09:30", "nora", "visit", "Visit two of the homes", "-7 fri"),
        Decide(
            "-8 mon 09:20",
            "ines",
            DecisionKind.CHANGE_MOTION,
            "Nobody there to meet in the holidays; with the other care groups until September",
            motion=Motion.ONE_TO_FEW,
        ),
        PostponeAction("-7 fri 12:00", "nora", "visit", "-4 fri", "No date in the holidays"),
        DropAction("-3 mon 10:00", "nora", "visit", "Three letters and no answer"),
        Decide(
            "-2 mon 09:20",
            "ines",
            DecisionKind.CHANGE_TIER,
            "Nobody there has answered since June; not worth a place in tier 1",
            tier=2,
        ),
        Decide("0 mon 09:15", "ines", DecisionKind.REMOVE, "Signed with another vendor in a group tender"),
    ),
)

FIRST_TIER_1 = (HALVERNE, ASHDENE)
