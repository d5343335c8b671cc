"""Questions for a person, for yes or no, and for a field, told by how they are built."""

from assistant.reading.as_wanted import Asked
from assistant.reading.orders import read_question
from tests.assistant.labels import read_label
from tests.assistant.world import PEOPLE, TODAY
from tests.assistant.world_names import WorldNames
from tests.cases import cases

WORK = [
    ("maple insurance contract - who's on it?", "actions who of=maple-insurance about=contract"),
    ("pricing for kestrel: assigned to whom?", "actions who of=kestrel about=pricing"),
    ("who's doing the security review for corvane", 'actions who of=corvane about="security review"'),
    ("whose job is it to send the nda to etoile", "actions who of=etoile about=nda"),
    ("by whom was the contract sent to fennimore", "actions who of=fennimore about=contract"),
    ("who is looking into the pricing blocker at early", "blockers who of=early about=pricing"),
    ("brightwater blocker - raised by?", "blockers who of=brightwater"),
    ("who flagged the budget freeze at sable rail", 'blockers who of=sable about="budget freeze"'),
]
DECIDED = [
    ("who paused sable rail", "accounts who of=sable statuses=paused"),
    ("juniper: removed by?", "accounts who of=juniper statuses=removed"),
    ("who dropped juniper", "accounts who of=juniper statuses=removed"),
    ("who changed the tier of early", "decisions who of=early decisions=change_tier"),
    ("who says halden is engaged", "accounts who of=halden stages=engaged"),
    ("whose idea was it to go after open road", "accounts who of=open-road statuses=named"),
]
THERE = [
    ("champion @ kestrel?", "people list of=kestrel roles=champion"),
    ("lena fuchs, who's she?", 'people who about="lena fuchs"'),
    ("who runs the next review", "reviews who which=next"),
    ("who's in charge at our end for kestrel", "accounts field of=kestrel fields=owner"),
    ("who looks after marketing at corvane for us", "accounts field of=corvane fields=partner"),
    ("who looks after maple and who does the marketing there", "accounts field of=maple fields=owner,partner"),
    ("which one of us has corvane", "accounts field of=corvane fields=owner"),
]
YES_NO = [
    ("vantora is one of mine, no?", "accounts yes_no of=vantora owners=nora"),
    ("is vantora still with me", "accounts yes_no of=vantora owners=nora"),
    ("is there an exec sponsor at corvane on our side", "accounts yes_no of=corvane having=executive"),
    ("do we have proof at merrow", "accounts yes_no of=merrow having=proof"),
    ("is corvane blocked by anything", "blockers yes_no of=corvane"),
    ("are we waiting on legal at fennimore", "blockers yes_no of=fennimore about=legal"),
    ("is will the one who owns merrow", "accounts yes_no of=merrow owners=will"),
    ("is there an opportunity open with halden", "deals yes_no of=halden"),
    ("so tallow moved?", "movement yes_no of=tallow"),
    ("is somebody assigned to next generation labs", "accounts yes_no of=next-labs having=owner"),
    ("did any tier 1 move this week", "movement yes_no tiers=1 period=2026-11-23..2026-11-29"),
]
ASKED_WITH_WHO = [
    ("to whom is corvane assigned", "accounts field of=corvane fields=owner"),
    ("which executive of ours sponsors brightwater", "accounts field of=brightwater fields=executive"),
    ("who joined the last review", "reviews who which=last"),
    ("who's got overdue stuff", "actions who is_overdue"),
    ("who is waiting for me", "asks list whose=nora"),
    ("who needs something from me", "asks list whose=nora"),
    ("who has the most overdue actions", "actions count is_overdue per=owner"),
    ("whose accounts are stalled most", "accounts count states=stalled per=owner"),
    ("who is not moving", "accounts list states=stalled"),
    ("which ones do I partner on", "accounts list owners=nora"),
]
OURS = [
    ("everybody in sales", "members list about=sales"),
    ("marketing people", "members list about=marketing"),
    ("who do we have in finance", "members list about=finance"),
    ("our csms", 'members list about="customer success"'),
    ("who has admin rights", "members list about=admin"),
    ("how many of us are there", "members count"),
    ("how big is our team", "members count"),
    ("is tomas in sales or marketing", "members card whose=tomas"),
    ("is priya an admin", "members card whose=priya"),
    ("tomas rehak?", "members card whose=tomas"),
]
AT_ACCOUNTS = [
    ("merrow's CTO", "people list of=merrow about=CTO"),
    ("find me VPs of marketing in tier 2", 'people list tiers=2 about="VP marketing"'),
    ("who is head of IT at merrow", 'people who of=merrow about="head IT"'),
    ("anything on Dana Weber?", 'people list about="Dana Weber"'),
    ("any head of engineering known at 3D Parts?", 'people list of=3d-parts about="head engineering"'),
    ("look up whitfield", "people list about=whitfield"),
    ("is there someone called petrenko at kestrel", "people yes_no of=kestrel about=petrenko"),
    ("which contacts were added since Monday", "people list period=2026-11-23.."),
    ("got an email from dana weber, who is that", 'people who about="dana weber"'),
    ("lena fuchs role?", 'people list about="lena fuchs"'),
    ("how big is the buying group at corvane", "people count of=corvane"),
    ("which buying roles have nobody at kestrel", "people list of=kestrel without=role"),
    ("holes in kestrel's buying group", "people list of=kestrel without=role"),
    ("who is no longer with halden", "people list of=halden progress=lost"),
    ("which of our champions quit", "people list roles=champion progress=lost"),
]
FIELDS = [
    ("halden - who owns it these days", "accounts field of=halden fields=owner"),
    (
        "what's fennimore's tier, roughly how much is it worth, and when does it close?",
        "accounts field of=fennimore fields=tier,value,close_date",
    ),
    ("how long's halden been sitting in engaged", "accounts field of=halden fields=days_in_stage"),
    (
        "is there a channel for signal works and if so what is it called",
        "accounts field of=signal-works fields=channel",
    ),
    ("what day are we expecting halden to close", "accounts field of=halden fields=close_date"),
]
FILTERS = [
    ("overdue actions on may's tier 3s", "actions list owners=may tiers=3 is_overdue"),
    ("customers without an open deal", "accounts list stages=customer without=deal"),
    ("who of my accounts is stalled", "accounts list owners=nora states=stalled"),
    ("accounts whose segment is transport", "accounts list segments=Transport"),
    ("accounts with segment transport", "accounts list segments=Transport"),
    ("which accounts am I on", "accounts list owners=nora"),
    ("all accounts with me as owner", "accounts list owners=nora"),
    ("accounts in aware that may owns", "accounts list stages=aware owners=may"),
    ("accounts where a play is running", "accounts list having=play"),
    ("accounts where something is blocking us", "accounts list having=blocker"),
    ("accounts with nobody from marketing", "accounts list without=partner"),
    ("which accounts has nobody contacted", "accounts list without=touch"),
    ("accounts nobody justified", "accounts list without=justification"),
    ("accounts where nobody wrote a narrative", "accounts list without=narrative"),
    ("accounts that have no deal yet", "accounts list without=deal"),
    ("accounts that are on hold", "accounts list statuses=paused"),
    ("which accounts need help", "accounts list states=needs_intervention"),
    ("where has nothing advanced since october", "accounts list without=movement period=2026-10-01.."),
    ("tiers 2 and 3", "accounts list tiers=2,3"),
    ("tier one accounts that are stuck", "accounts list tiers=1 states=stalled"),
    ("my accounts with nothing planned", "accounts list owners=nora without=next_action"),
    ("where do we know nobody", "accounts list without=contact"),
    ("where have we lost the champion", "accounts list having=role roles=champion progress=lost"),
]


@cases(("text", "meant"), [*WORK, *DECIDED, *THERE, *YES_NO, *ASKED_WITH_WHO, *OURS, *AT_ACCOUNTS, *FIELDS, *FILTERS])
def test_a_question_is_read_by_its_build(text: str, meant: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query == read_label(meant)
    assert not reading.choices


@cases(
    ("text", "about"),
    [
        ("who's drafting the umber renewal email?", "renewal email"),
        ("who countersigned the NDA at Kestrel", "NDA"),
        ("was the contract sent to Maple Insurance", "contract"),
    ],
)
def test_a_verb_is_no_part_of_a_title(text: str, about: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert reading.query.about == about


@cases("text", ["brightwater $$?", "corvane \u20ac", "merrow, how much $?"])
def test_a_sign_of_money_asks_for_the_value(text: str) -> None:
    reading = read_question(text, WorldNames("nora"), Asked(PEOPLE["nora"].user_id), today=TODAY, last=None)
    assert reading.query is not None
    assert [each.value for each in reading.query.fields] == ["value"]
