"""Words by which an update tells who acted and how."""

from agendas.facts.evidence import BuyerAct


def words(told: str) -> frozenset[str]:
    """The words of the text, which are parted by spaces."""
    return frozenset(told.split())


PRONOUNS = words("he she they")
THEIRS = words("her his its their")
THEM = words("her him his their them")

TITLES = words(
    """
    architect buyer buyers cdo ceo cfo chairman champion cio ciso client cmo coo council counsel cpo cro cto
    customer customers director directors evaluator evp founder head lawyer lawyers lead leads manager nurse owners
    planner president procurement prospect purchasing sponsor svp vp
    """
)
"""People who are the buyer's where nothing says otherwise."""

DEPARTMENTS = words(
    """
    assistant board committee company engineer engineers executives finance it legal management office operations
    people secretary security side team users
    """
)
"""Parts of a company that are the buyer's with "their" before them alone: we have them too."""

US = words("i we")
OURS = words("internal internally me my our ours us")
OUR_PARTS = words("ae bdr csm marketing presales product rep sales sdr se success")
"""Parts of a company that sell: they are never the buyer's."""

OTHERS = words("another my other our ours")
"""Words beside a title that is not the buyer's."""

THIRD_PARTY = words(
    """
    analyst analysts article auditor auditors filing filings integrator journalist magazine newspaper press registry
    regulator reseller
    """
)
"""Words for a source that is neither side."""

ACTS = words(
    """
    accepted accepts added agreed agrees announced answered answers appointed approved approves asked asks attended
    booked bought brought called calls came changed chose cleared commented committed completed confirmed confirms
    contacted corrected countersigned decided declined delivered downloaded drafted emailed expanded extended filled
    followed forwarded gave gives handed held hired hosted introduced introduces invited invites invoiced joined
    launched left mailed messaged met moved named offered offers opened ordered paid passed phoned picked pinged
    pitched posted prepared presented prolonged proposed published quoted ran rang reached redlined registered
    rejected renewed replied replies reported reports requested requests returned reviewed said says scheduled
    selected sends sent shared shares showed signed signs spoke started stopped submitted subscribed talked tells
    tested texted told took toured trialled tried uploaded used visited visits writes wrote
    """
)
"""Verbs of what was done; wishes and plans are not among them."""

CONTACTING = words("called contacted emailed invited mailed pinged pitched quoted reached")
"""Verbs that do not tell who did it where no object follows a name: "Acme called"."""

SETTLING = words("agreed agrees booked confirmed confirms decided offered proposed scheduled")
"""Verbs after which a day may be the one that was settled, and not the one on which it was."""

SIGNED = words("countersigned signed")

BE = words("are be been being got is received was were")
"""Words that make a verb passive: it was done to its subject."""

THINGS = words(
    """
    agenda answer call case competitor contract deck demo docs document email invite link mail meeting newsletter
    offer out-of-office paper presentation pricing proposal questionnaire questions quote reply site slides terms
    webinar website
    """
)
"""Nouns that do not act: with one before the verb, the clause is about a thing."""

NOT_DONE = words(
    """
    awaiting canceled cancelled cannot could expect expecting going guess hope hopes hoping if may maybe might need
    needs never no nobody none not nothing perhaps plan plans postponed probably promised shall should supposedly
    think unless until wait waiting want wanted wants will without would
    """
)
"""Words that put in doubt whether the thing was done."""

PLANS = words("plan plans")
"""Words of those that are a thing in "shared the rollout plan" and a doubt in "they plan to sign"."""

BEFORE_A_THING = THEIRS | words("a an our the this your")

PLANNED = words(
    """
    about agreed arrange arranged asked before book booked booking fri friday get invitation invite link mon monday
    next offered planned planning prepare prepared preparing propose proposed request requested scheduled set
    setting thu thursday tomorrow tried try trying tue tuesday upcoming wed wednesday
    """
)
"""Words beside a meeting or a call that was not held yet, or was about them and not with them."""

BESIDE = words("all already also both finally had has have herself himself just now then")
"""Words that may stand between a subject and its verb."""

GETTING = words("got heard received")
"""Verbs of what came to us from somebody."""

TELLING = words(
    """
    added agreed answered asked asks committed confirmed confirms decided emailed mailed messaged promised proposed
    replied replies reported requested said says suggested tells told writes wrote
    """
)
"""Verbs after which comes what somebody said, which says nothing of who acted."""

WHAT_WAS_SAID = words("how if that until what whether which who why")

GOING = words("appointed hired left moved named resigned started stopped")
"""Verbs of what became of somebody, which is nothing they did towards us."""

IN_DATES = words(
    """
    april aug august dec december feb february jan january jul july jun june mar march nov november oct october sep sept
    september
    """
)
"""Months that stand in a date before a name: "On 3 Nov Dana called"."""

BEFORE_A_SUBJECT = IN_DATES | words(
    """
    earlier finally friday fyi good great last monday morning news night saturday sunday this thursday today tuesday
    update wednesday week yesterday
    on
    """
)
"""Words with which a sentence about somebody may begin, beside the number of a day."""

JOINT_ACTS = words("met spoke talked")
"""Verbs of what both sides do together."""

JOINT_NOUNS = words(
    """
    call conversation demo dinner interview kick-off kickoff lunch meeting meetings session visit workshop
    """
)
"""Occasions at which both sides are there."""

NOUNS_FROM = words(
    """
    answer approval call comments confirmation e-mail email heard inbound letter mail message numbers order po redlines
    reply request rfp signature verbal yes
    """
)
"""Things that come from somebody."""

LINKING = words("a an both her his interim its new one some the their three to two with")
"""Words that may stand between a meeting and the people it was with."""

GENERIC = words(
    """
    and best blue company digital east first for general global green group holding holdings international labs
    national new next north one open partners services smart software solutions south systems the united west works
    """
)
"""Words of names that texts use for other things too."""

NO_NAMES = GENERIC | ACTS | THINGS | OUR_PARTS | TITLES | DEPARTMENTS | OURS | US
"""Words that no text is taken to call somebody by."""

TOLD_BY_VERB: dict[str, BuyerAct] = {
    **dict.fromkeys(("mailed", "emailed", "e-mailed"), BuyerAct.MAIL),
    **dict.fromkeys(("called", "phoned", "rang"), BuyerAct.CALL),
    **dict.fromkeys(("messaged", "texted"), BuyerAct.MESSAGE),
    **dict.fromkeys(("visited", "visits", "downloaded"), BuyerAct.VISIT),
    **dict.fromkeys(("signed", "countersigned", "redlined"), BuyerAct.DOCUMENT),
    "met": BuyerAct.MEETING,
    "registered": BuyerAct.FORM,
    "won": BuyerAct.DEAL,
    "closed-won": BuyerAct.DEAL,
}
"""Verbs that tell by themselves how somebody acted."""

OTHERWISE: dict[str, frozenset[str]] = {
    "called": words("for it off out"),
    "signed": words("in off on up"),
    "met": words("all conditions criteria every expectations goal goals requirements target targets these"),
    "won": words("a an award prize the"),
    "phone": words("number numbers"),
}
"""Words after those verbs with which they tell something else: "signed up", "met all requirements"."""

WRITTEN = words("replied wrote")
"""Verbs of what was probably a mail, unless the clause tells another way."""

PUBLISHED = words("article blog book code column paper post report review")
"""What is written and no mail."""

GIVING = words(
    """
    completed countersigned delivered filled forwarded gave handed issued mailed placed redlined returned sent shared
    signed submitted uploaded
    """
)
"""Verbs by which the thing named after them came from who did it."""

GIVEN: dict[str, BuyerAct] = {
    **dict.fromkeys(("mail", "email", "e-mail"), BuyerAct.MAIL),
    "reply": BuyerAct.MAIL,
    **dict.fromkeys(("message", "chat", "linkedin"), BuyerAct.MESSAGE),
    "form": BuyerAct.FORM,
    **dict.fromkeys(
        ("agreement", "contract", "document", "letter", "loi", "minutes", "nda", "order", "po", "redlines", "rfp"),
        BuyerAct.DOCUMENT,
    ),
}
"""Things that came from somebody, by the kind of act that they are."""

CHANNELS = words("by in on over through via")
"""Words before the way in which something was told: "by mail", "on LinkedIn"."""

OCCASIONS: dict[str, BuyerAct] = {
    **dict.fromkeys(sorted(JOINT_NOUNS - {"call", "conversation", "visit"}), BuyerAct.MEETING),
    "call": BuyerAct.CALL,
}
"""Occasions that tell how both sides met; a conversation or a visit may be of several kinds."""

HOLDING = words("attended came did had held hosted joined ran took")
"""Verbs of an occasion that took place."""

AT = words("at during in on")
"""Words before an occasion at which something was said or done."""

INCLINED = {"in": words("interested"), "on": words("agree agreed decide decided insisted keen off")}
"""Words with which "in" and "on" begin what somebody wants: "interested in a demo"."""

DAYS = words("fri friday mon monday thu thursday tue tuesday wed wednesday")
