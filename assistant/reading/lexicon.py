"""The lexicon: every phrase with all that it may mean, and the word that a misspelt one is near to."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from rapidfuzz.distance import OSA

from agendas.facts.account import ListStatus, Stage
from agendas.facts.answered_items import AccountStanding
from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Field, Having, Per, Progress, Subject, Way
from assistant.reading import kinds, read
from assistant.reading.read import Cue, When
from assistant.reading.tokens import AmountSaid, Choice, Token, read_tokens

# Everyday English words: a name is not misspelt where one of these is spelled right.

_SAID = (
    "able above accept accident across actor afford afraid afternoon agency agent ago ahead aim air airport allow "
    "almost alone along although amazing among anger angle animal annual another anyway apart appear apple apply "
    "area argue arm army arrange arrive art article aside asked asks asleep assume atmosphere attack attempt "
    "attract aunt author autumn average avoid award aware awful baby background bag bake balance ball band bank bar "
    "bare barely base basic basis basket bath battle beach bean bear beat beautiful became become bed beer began "
    "begin behave belief believe bell belong below bend beneath benefit beside bet beyond bike bill bird birth bit "
    "bite bitter blame blank bless blind blood blow blue body bone book boot border bore born borrow bottle bottom "
    "bowl box boy brain branch brand brave bread break breakfast breath bridge bright broad brother brown brush "
    "build building bunch burn burst bus bush button cable cake calm came camera camp cancel cap capable capital "
    "car care career careful careless carry cast cat catch cause cell center central centre century certain "
    "certainly chain chair chairman challenge character charge cheap cheer cheese chief child children choice "
    "choose church circle city civil claim class classic clean climb clock cloth cloud club coach coast coat code "
    "coffee coin collect college color colour combine come comfort common compare compete complain complex computer "
    "concept condition conference confident conflict confuse connect consider constant contain content contest "
    "context continue control convince cook copy corner correct cotton count country couple courage course court "
    "cousin crash crazy cream create credit crew crime crisis critical cross crowd crucial cry culture cup curious "
    "current curve custom cut cycle daily damage damn dance danger dark daughter dear death debate debt decade "
    "decent deep default defeat defend define degree delay delight deny depend depth describe desert deserve design "
    "desire desk despite destroy develop device dialog diary die diet dig dinner direct dirty disagree disappear "
    "discover disease dish disk display distance district divide doctor document dog dollar door double dozen drag "
    "drama draw drawing dream dress drink drive driver dry duck dumb dust duty each ear earn earth ease east eat "
    "edge edit effect effort egg eight either elect element eleven else empty enable encourage energy engine enjoy "
    "enormous enough ensure enter entire entry equal error escape essay essential estate estimate evening event "
    "ever every evil exact example excellent except exchange excite exclude excuse exercise exist exit expense "
    "expert express extend extent extreme eye face factor factory fair faith false fame familiar family famous "
    "fancy fantastic farm fashion fat fate father favor favorite favour favourite fear feature federal feed feel "
    "feeling fellow female fence festival fiction fifteen fifth fight film filter final finger fire firm fish fist "
    "flat flavor flight float flood floor flow flower fly focus folk food foot force foreign forest forever forget "
    "forgive formal fortune forty frame free freedom freeze frequent fresh friend front fruit fuel fun funny "
    "furniture fury game garden gas gate gather gave gear gender general gentle genuine giant gift girl glad glance "
    "glass global goal gold golf grab grade gradually grand grant grass grateful grave gray green greet grey ground "
    "guard guess guest guide guilty guitar gun habit hair half hall handy hang happen harbor harm hate heart heat "
    "heaven heavy height hell hero hide hill hint hire history hit hole holiday holy home honest honor hope horse "
    "hospital host hotel hour house housing huge human humor hundred hungry hunt hurry hurt husband ice icon ideal "
    "ignore ill illegal image imagine impact import impress improve inch include income indeed index indicate "
    "industry infant inform injury inner input inside insist inspire install instance instant instead intend "
    "interest internal interview introduce invent invest invite involve iron island issue item jacket job join joke "
    "journal journey joy judge juice jump junior jury justice keen kept key kick kid kill kind king kiss kitchen "
    "knee knife knock knowledge label labor labour lack lady lake land language large laugh laughter launch law "
    "lawyer lay layer leader leaf lean learn least leather leave lecture left leg legal legend lesson letter "
    "liberal library lie life lift light limit link lip liquid listen literature little live load loan local lock "
    "lonely loose lord lost lots loud love lovely luck lucky lunch machine magazine magic mail main maintain major "
    "male manager manner map margin mass massive master match mate material math matter maximum maybe mayor meal "
    "mean measure meat media medical medicine medium meet memory mental menu mere mess metal method middle midnight "
    "might mild military milk mind mine minimum minister minor minute mirror mission mistake mix mixture mobile "
    "mode modern modest moment money monitor mood moon moral moreover morning mostly mother motion motor mountain "
    "mouse mouth movie mud multiple murder muscle museum music mutual mystery narrow nation native natural nature "
    "neat necessary neck negative neighbor neither nerve network neutral nevertheless newspaper nice night noise "
    "none nor normal north nose note notice novel nowhere number nurse object observe obtain obvious occasion occur "
    "ocean odd offer office officer official often oil okay old once onion opinion oppose option orange order "
    "ordinary organ organic origin otherwise ought ourselves outcome outdoor outer outside oven overall owe pace "
    "pack page paid pain paint pair palace pale panel panic paper parent park parking parliament partly passion "
    "past paste path patient pattern pause pay peace peak pen pension people pepper per percent perfect perform "
    "perhaps permit person phase phone photo phrase physical piano picture piece pile pilot pink pipe pizza plain "
    "plane planet plant plastic plate platform player pleasant pleasure plenty pocket poem poet poetry police "
    "policy polite political pool poor pop popular population port portion pose positive possible post pot potato "
    "potential pound pour power practice praise pray prefer pregnant prepare presence present president press "
    "pressure pretend pretty prevent previous pride priest prime prince princess print prior prison private prize "
    "probably process produce professor profile profit promise proper property proud prove provide public pull "
    "punch punish pure purple purpose push puzzle quality quarter queen quiet quit quote race radio rain raise "
    "random range rapid rare rate rather raw reach react reader reading ready real reality realize rear reason "
    "recall receive recipe reckon recognize recover red reduce refer reflect reform refuse regard region regret "
    "regular reject relate relation relative relax release relief religion rely remain remark remarkable remember "
    "remote rent repair repeat replace request require rescue research reserve resist resource respect rest "
    "restaurant retain retire return reveal revenue reward rhythm rice rich ride rifle ring rise risk river road "
    "rock role roll roof room root rope rough round route routine row royal rubber rude ruin rule rural rush sad "
    "safe safety sail sake salad salary salt sample sand sandwich satellite satisfy sauce save saying says scale "
    "scared scene schedule school science scope scream screen script sea search season seat secret secretary "
    "section secure seek seem select self sell senior sense sentence separate sequence series serious servant serve "
    "session settle seven severe sex shade shadow shake shall shame shape share sharp sheet shelf shell shelter "
    "shift shine ship shirt shock shoe shoot shop shopping shore shot shoulder shout shower shut shy sick sight "
    "sign silence silly silver similar simple since sing singer sink sister six size skill skin sky slave sleep "
    "slice slide slight slip small smart smell smile smoke smooth snake snow social society soft soil soldier solid "
    "solution somewhere son song soon sorry sort soul sound soup source south space spare speak speaker special "
    "specific speech speed spell spend spirit split spoon sport spot spread spring square stable staff stage stair "
    "stamp star stare station status steady steal steel steep stick stiff stomach stone store storm story straight "
    "strange stranger stream street strength stress stretch strict strike string strip stroke strong structure "
    "struggle student studio study stuff stupid style subject succeed success such sudden suffer sugar suggest suit "
    "summer sun super supper supply support suppose surface surgery surprise survey survive suspect sweet swim "
    "swing switch sympathy symptom system table tail tale talent tall tank tap tape target task taste tax tea teach "
    "teacher tear technology teeth telephone television telling temperature temple ten tend tennis tension tent "
    "terrible test text thank theater theme theory therapy thick thin thirty thousand threat throat throughout "
    "throw thus ticket tie tight tiny tip tired tissue title today toe toilet tomorrow tone tongue tonight tool "
    "tooth top topic total touch tough tour tourist towel tower town toy track tradition traffic trail train "
    "transfer transition translate travel treat treatment tree trial trick trip tropical trouble truck true trust "
    "truth tube tune turn twelve twenty twice twin type typical ugly ultimate unable uncle unique unit universe "
    "university unless unlike unlikely upper upset urban usual vacation value van variety various vast vegetable "
    "vehicle version victim victory video view village violence virus vision visit visitor visual vital voice "
    "volume vote wage waist wake walk wall war warm warn wash waste watch water wave weak weapon wear weather "
    "wedding weekend weight weird welcome west wet wheel whenever wherever whisper white whole whom wide widen wife "
    "wild win wind window wine wing winner winter wire wise wish withdraw woman women wonder wonderful wood word "
    "world worry worse worst worth wound wrap write writer wrong yard yellow yesterday young youth zero zone "
)
EVERYDAY_WORDS = frozenset(_SAID.split())


# Verbs and the like that tell what is asked for.

VERBS: dict[Cue, str] = {
    Cue.OWNERLESS: """nobody assigned|no one assigned|unassigned|unowned|ownerless|nobody in charge|
        nobody responsible|not assigned|orphaned|orphan|orphans|no one responsible|without anybody assigned|
        not owned|isnt owned|arent owned|no one in charge|without anyone assigned|belong to nobody|
        belongs to nobody|nobody looks after|no one looks after|without anybody|without anyone|without a seller|
        without a rep|without a sales rep|homeless|up for grabs|belongs to no one|belong to no one|
        without anyone responsible|nobody is on|no one is on|nobody on it|no one on it|nobody on them|
        no one on them|nobody handles|no one handles|nobodys|masterless|nobody takes care of|no one takes care of|
        nobody runs|no one runs|nobody covers|no one covers|ownership missing|no ownership|missing ownership|
        without ownership|have no one|has no one|have nobody|has nobody|fatherless|not covered by anybody|
        not covered by anyone|nobody feels responsible for|nobody cares for|not taken care of|still to be assigned|
        yet to be assigned|arent anybodys|isnt anybodys|not anybodys""",
    Cue.UNPLANNED: """nothing planned|nothing scheduled|nothing to do|nothing coming up|nothing lined up|no plan|
        nothing planned next|nothing next|nothing on the calendar|nothing agreed next|nothing in the calendar|
        nothing open|nothing set up|without a plan|with nothing to do|nothing happening next|nothing due|
        without a next step|nobody has anything to do|nothing agreed|no follow up planned|no plans|
        nothing is planned|nothing is scheduled|nothing has been planned|nothing is due|no idea what comes next|
        no next move|whats next is open|next step open|next step is missing|next step missing|no action planned|
        no actions planned|nothing to follow up|nothing in the pipeline for|nothing on the todo list|
        nothing on the to do list|nothing on the list for|nobody planned anything|nobody plans anything|
        no one planned anything|without follow up|without any follow up|without further steps|no further steps|
        without any plan|not planned anything|no agreed next step|nothing pending|nothing outstanding|
        nothing is open|nobody has planned anything|nobody has planned anything for""",
    Cue.HAVE_GOT: "have i got|do i have|i have got|do i have open|did i have|i do have",
    Cue.RESOLVE: """unblock|unblocked|unblocking|unblocks|resolve|resolved|resolving|solve|solved|solving|
        get unblocked|clear the blocker|remove the blocker|get rid of the blocker|clear the way|
        sort out the blocker|fix the blocker|lift the blocker|take away the blocker|clear the path|
        get it unblocked|get them unblocked|get us unblocked""",
    Cue.BLOCK: """block(s)|blocking|hinder(s)|hindering|hold(s) up|holding up|hold(s) back|holding back|
        holding us up|holding it up|holding us back|holding it back|holding them back|holding them up|holds us up|
        holds it up|holds us back|holds it back|in the way|in our way|standing in the way|stands in the way|
        stopping|stops|prevent(s)|preventing|keeps us from|keeping us from|obstructing|stuck on|hung up on|
        bottlenecking|slowing down|slowing us down|slows us down|stuck with|what is stuck|impeding|impedes|hampers|
        hampering|delaying|delays|stuck because|jamming|in its way|standing in our way|hanging on|hangs on|snarled|
        slowing|stop us|stops us|hang on|stalls us|getting in the way|gets in the way|tripping up|tripping us up|
        keeping us|stuck for|stuck waiting|holding things up|holds things up|hold things up|holding it all up|
        holding this up|holds this up|holding the deal up|stalls|is stalling|choking|chokes|thwarting|thwarts|
        gets us stuck|gets in our way|getting in our way|stands between|standing between|jams|jamming up|
        keeps it from|keeping it from|keeps them from|keeping them from|holds them up|holds them back|hold it back|
        hold them back|hold it up|hold them up|hold us back|slow us down|slow it down|slow them down|slows it down|
        slowing it down|slowing them down|makes it stuck|block us|blocks us|blocking us|blocking them|blocking it|
        block it|block them""",
    Cue.BLOCKED: """blocked|held up|being held up|impeded|hindered|obstructed|held back|jammed|stopped by|gated|
        blocked by|blocked on|held up by|stymied|hamstrung|bottlenecked|gridlocked|stonewalled|impeded by|
        is waiting on""",
    Cue.NEED: """need(s)|needing|needed|require(s)|required|depend(s) on|dependent on|rely on|want from|need from|
        needs from|calls for|call for|asks for|help from|input from|support from|needs input from|waits on|
        needed from|required from|required by|needed by|relies on|relying on|hinges on|hinge on|
        needs a decision from|needs something from|need something from|needs the ok of|needs approval from|
        needs approval of|need approval from|needs sign off from|need sign off from|needs a nod from|
        needs help from|need help from""",
    Cue.WAIT: """wait(s)|waiting|wait for|waiting for|waiting on|waits for|wait on|stuck on us|pending with|
        pending on|hang on|hanging with|sitting with|lies with|waited for|awaiting|await|awaits|in the queue of|
        blocked by|blocked on|held up by|who we wait for|sits with|parked with|rests with|queued at|
        in the hands of|hanging on|pends on""",
    Cue.DECIDE: """approve(d)|approves|authorise(d)|authorize(d)|sanctioned|greenlit|green lit|okayed|
        gave the green light|gave the go ahead|signed off on|decide(s)|decided|deciding|agree(d) on|agree on|
        conclude(d)|agreed|resolved to|settle(d) on|ruled|determined|agree|agreed in the review|made the call|
        make the call|came out of|come out of|signed off|agreed upon|was the outcome|outcome|outcomes|
        result of the review|verdict|outcome of the discussion|result of the discussion|discussion on|verdict on|
        discussion about|discussion of|resolved that|it resolved that|come to a decision|came to a decision|
        reach a decision|reached a decision|take a decision|took a decision|make a decision|made a decision""",
    Cue.MOVE: """get anywhere|got anywhere|getting anywhere|gone anywhere|go anywhere|get on|come along|came along|
        move(s)|moved|moving|shift(s)|changed stage(s)|change(s) stage|changed its stage|budge(d)|mover(s)|
        switched stage|moves on|stage changed|moved stage(s)|change of stage|changing stage|went from|go from|
        gone from|moved at all|moved anywhere|got moving|reach|reached|become|became|turn into|turned into|get to|
        got to|changed phase|made it to|make it to|went to|go to|arrive|arrived|hit|turned|turns|turning|entering|
        enters|reaching|reaches|becomes|becoming|arrived in|arrived at|landed in|got into|get into|made it into|
        promoted to stage|transitioned|transition|transitions|progress to|progressed to|progress into|come to""",
    Cue.TOUCH: """heard anything from|hear anything from|heard anything|heard back from|had any word from|
        had word from|was in touch|was in touch with|were in touch with|is in touch with|are in touch with|touched|
        contacted|spoken to|spoke to|talked to|spoken with|talked with|spoke with|heard from|reached out to|
        been in touch|in touch with|met with|reached out|contacting|talk to|speak to|speak with|talk with|
        hear from|hear back|heard back|get in touch|got in touch|engaged with|been in contact|in contact|reach out|
        emailed|rung|rang|visited them|called them|talked|talking to|talking with|speaking to|speaking with|spoke|
        spoken|replied|replied to us|written to us|met|meeting them|got back to us|responded|reply|reply to us|
        get back to us|any contact|had contact|have contact|chatted with|contact them|anybody call|anyone call|
        anybody called|anyone called|somebody called|somebody call|anybody ring|anyone ring|anybody email|
        anyone email|anybody emailed|anyone emailed|anybody visit|anybody visited|anyone met|anybody met""",
    Cue.SILENT: """silent|gone quiet|quiet|gone silent|gone dark|no contact|not heard from|havent heard from|
        hasnt heard from|not contacted|untouched|nobody touched|no touch|went quiet|went dark|dark|neglected|
        nobody contacted|nobody spoke to|nobody talked to|not spoken to|not touched|not been touched|radio silence|
        ghosted|ghosting us|inactive|unattended|forgotten|ignored|cold|not in touch|went silent|gone cold|
        not talked to|no reply|no answer|no response|havent spoken to|havent talked to|havent touched|
        nobody has touched|nobody has spoken to|nobody has contacted|havent contacted|without contact|
        without a touch|without touch|no one touched|no one has touched|not responded|not replied|no one spoke to|
        no one has spoken to|nobody has talked to|no one talked to|not been contacted|been silent|been quiet|
        have gone quiet|no buyer contact|no life sign|no sign of life|mute|cold ones|not called|neglecting|
        not in contact|out of touch|no longer in touch|lost touch with|lost touch|lost contact|lost contact with|
        not on speaking terms|stopped answering|stopped replying|dont answer|doesnt answer|do not answer|
        dont reply|not answering|not replying|not responding|never answer|hear nothing from|heard nothing from|
        heard nothing|hear nothing|nothing heard|no word from|without a word|no sign from|no exchange|
        no conversation|no conversations|no talks|no meetings with|nobody has heard from|no one has heard from|
        nobody heard from|no one heard from|incommunicado|quiet accounts|quiet on|silent accounts|
        gone off the radar|off the radar|fell off the radar|under the radar|dropped off the radar|
        nobody has called|no one has called|nobody called|no one called|nobody met|no one met|nobody visited|
        nobody wrote to|nobody emailed|havent called|havent met|not met|unreached|nobody reached|no one reached|
        we ignored|we neglected|no interaction|no interactions|without interaction|without any interaction|
        without conversation|without conversations""",
    Cue.KNOW: """know|do we know|we know|our contacts|we have a contact|are our contacts|acquainted|matters|
        is important|who counts|are the key players|is key|are we close to|have we got|do we talk with there|
        do we have there|have contacts|know there|know at|know in|acquainted with|knows|known to us|known|
        have a line to|do we have a line to|in our address book|in our books|on file for|have on file|
        have we on file|do we have on file|do we deal with|are our people|can i talk to at|can we talk to at|
        could i call at|could we call at|should i call at|should we call at|can i call at|can we call at|
        to call at|to talk to at|to speak to at|to reach at|knew|do we have contact with|are we in contact with|
        have contact with|have contacts at|got contacts at|on speaking terms with|connected to|connected with|
        are we connected to|do i know|do you know anyone|know anyone|know anybody|familiar with""",
    Cue.ATTEND: """facilitating|is facilitating|attended|attend|present|took part|take part|participated|
        participants|attendees|attendance|in the room|was in the room|were in the room|been in the room|
        who was there|was there|were there|turned up|showed up|joined the review|in the review|at the review|
        joined the meeting|led|lead the|runs the|facilitator|facilitates|facilitated|chair(s)|chaired|host(s)|
        hosted|sat in|was in|attending|participant|who came|be at|be in|be there|will attend|is attending|
        be joining|joins|leads the review|leading the review|be present|takes part|take part in|taking part|
        expected at|coming to|going to be at|going to attend|come to the review|ran|ran the|running the review|
        who ran|who was at|showed up at|show up at|turned up at|turn up at|dialled in|dialed in|who led|led by whom|
        was present|were present|who took the minutes|moderated|moderates|moderator|joined|joining|join""",
    Cue.CLOSE: """close(s)|closing|sign(s)|signing|get signed|supposed to sign|expect to close|expected to close|
        expected to sign|going to close|due to close|land(s)|sign the deal|sign the contract|going to sign|
        scheduled to close|planned to close|forecast to close|win it|plan to close|hope to close|be signed|
        be a customer|be closed|get closed|set to close|come in|comes in""",
    Cue.START: """started|start(s)|launched|begin|began|begun|launch|kicked off a|running since|starting|
        kick off the play""",
    Cue.RAISE: """raised|raise|opened|report(ed)|reported|come up|came up|brought up|flagged|appear(ed)|arise|
        arose|occur|found|arisen|popped up|pop up|emerged|emerge|crop up|cropped up|set in|surfaced|surface|
        begin to block|been open|open since|first raised|opened up|turn up""",
    Cue.ADD: """who came on|who came onto|who got on|newcomer(s)|addition(s)|new arrival(s)|joiner(s)|who suggested|
        who put forward|put forward|who brought in|who came up with|added|add|joined|join|
        came on|come on|came onto|come onto|put on the list|named this|newly added|added to the list|
        got on the list|get on the list|put on our list|entered the list|new entries|nominate(d)|nominated|
        brought in|got added|been added|get added|made the list|make the list|came on the list|come on the list|
        added on|got onto|get onto|put on|goes on the list|went on the list|got named|gets named|suggested it|
        suggested them|proposed it|taken on|took on|onto the list|onto our list""",
    Cue.LEAVE: """left|leave|leaving|leaves|gone off|exit|exited|gone|quit|quits|departed|resigned|retired|
        moved on from|no longer|not there any more|not there anymore|not with them any more|not with them anymore|
        jumped ship|went elsewhere|changed jobs|changed companies|left the company|left their company|
        leave the company|left the firm|not working there any more|not working there anymore""",
    Cue.PROMOTE: """promoted|promote|promotion(s)|moved up a tier|up a tier|upgraded tier|upgraded to|tiered up|
        promoting|moved up to|tier up|bumped up|raised to|lifted to|tier upgrade(s)|went up to tier|
        moved into tier|into a higher tier|to a higher tier|higher tier|lifted to tier|upgraded in tier|up to tier""",
    Cue.DEMOTE: """demoted|demote|demotion(s)|downgraded|downgrade(s)|moved down a tier|down a tier|tiered down|
        demoting|moved down to|tier down|bumped down|lowered to|relegated|tier downgrade(s)|dropped to|put down to|
        went down to tier|into a lower tier|to a lower tier|lower tier|dropped to tier|down to tier|
        downgraded in tier""",
    Cue.RECORD: """recorded|record|logged|log|entered|enter|noted|wrote|written|say so|said so|said that|says so|
        put in|typed in|documented|put that in|told us|reported that|entered that|update it|updated it|updated|
        edited|edit|claims that|write|captured|filed|put it in|touched it|touched last|touched this|last touched|
        made the entry|entered this|came up with that|claimed it|claimed that|updates|set it|set that|
        did the update|kept up to date|posted|says it|said it|says that|says|said|who claimed|claim|
        claimed that it|typed|keyed in|authored""",
    Cue.RECAP: """results|results of|takeaways|takeaways from|recap|recaps|minutes|agenda|protocol|write up|writeup|
        notes of the review|notes from the review|
        recap of|recap from|the recap|notes""",
    Cue.DISCUSS: """come up again|come up next|comes up again|comes up next|discuss(ed)|discuss|are up in|is up in|
        come up in|comes up in|we look at|we last look at|
        talk about|talked about|reviewed|review it|go over|went over|
        looked at in a review|on the agenda|come up in the review|meet on|meet about|met about|met on|talk through|
        meet|get together|sit down|meeting about|hold the|held|hold a|hold|come together|convene|speak about|
        spoke about|what was discussed|sit down about|catch up on|catch up about|talk about it|bring it up|
        on the table|talked through|gone over|went through|go through|been reviewed|get reviewed|gets reviewed|
        reviewing|have a review|have the review""",
    Cue.PROPOSE: "",
    Cue.BUYER_DID: """did the buyer do|has the buyer done|buyer did|did they do|the buyer do|buyer side do|
        has the buyer|the buyer done|did the customer do|did the client do|from the buyer side|buyer side|
        buyer done|customer done|did the buyer|on their side|their side|buyers do|proof that they|proof that|
        what shows|shows that|show that they|demonstrates|proves|prove|proven by|backs up|backed by|what proves|
        do for us|the buyer been doing|has the buyer been doing|buyers done|buyers did|have the buyers done|
        did the buyers do|has the client done|has the customer done|did people at|done for us|the buyer been up to|
        has the buyer been up to|the buyer up to|show for it|to show for|backs up the|backing up|speaks for|
        evidences|substantiates|underpins|supports the stage|behind the stage|behind the claim""",
    Cue.ON_OUR_SIDE: """on our side|our side|internally|from our side|on our end|in our company|in house|inhouse|
        at our end|from our end|from us|among us|with us""",
    Cue.RIGHT: """admin(s)|administrator(s)|editor(s)|viewer(s)|observer(s)|facilitators|admin rights|edit rights|
        viewing rights|allowed to edit|can edit|may edit|read only|rights""",
    Cue.JOB: """function|job|job title|title|role here|role with us|role in the team|department|position|
        work on here|do here|work as|works as|job here|team|work here|works here|responsible for here|work in|
        works in|role""",
    Cue.GO_AFTER: """going after|go after|targeting|pursue|pursuing|chasing|chase|care about|bother with|
        on this list|interested in|want|want to win|work this account|invest in|spending time on|bothering with|
        focus on|focusing on|selected|select|pick|picked|chose them|choose them|have them|prioritise|prioritize|
        in our program|chosen|working on|work on|spend time on|putting time into|going for|choose|chose""",
    Cue.IN_STAGE: """in stage|in its stage|in this stage|in that stage|at this stage|in their stage|
        in the same stage|in the stage|in current stage|in the current stage|in its current stage""",
}


# Words of work: who owns it, what somebody owes, what is due or late, and the words of titles.

WORK: dict[Cue, str] = {
    Cue.TITLE: """renewal|contract(s)|workshop(s)|pricing|demo(s)|pilot|legal|security|discount(s)|nda|dpa|msa|
        gdpr|rfp|poc|roi|sow|intro|onboarding|integration|implementation|training|compliance|infosec|privacy|
        liability|terms|payment|invoice|licence|license|reference|case study|questionnaire|roadmap|migration|audit|
        tender|offer|quote|deck|slides|kickoff|kick off|trial|coo|ceo|cfo|cto|cio|cmo|cro|vp|director|
        proof of concept|security review|legal review|security questionnaire|redlines|paperwork|signature|approval|
        price list|prices|procurement portal|board|architecture|data room|business case|mutual plan|success plan|
        kickoff call|steering committee|qbr|lunch|dinner|visit plan|site tour|model|draft|
        head of it|it manager|it director|it department|it lead|it team""",
    Cue.OWN: """would i ask|would i ask about|can i ask about|could i ask|would you ask about|should we ask about|
        do we ask about|own(s)|owned|owning|looks after|look after|looked after|looking after|handle(s)|handling|
        in charge of|in charge|responsible for|responsible|manage(s)|managed|managing|cover(s)|covering|covered by|
        taking care of|take care of|takes care of|lead(s)|leading|running it|runs it|run by|accountable|
        assigned to|sits with|belongs to|belong to|working on it|works on|work on|working on|works the|carries|
        handled by|managed by|led by|owned by|serves|hold the relationship|holds the relationship|account of|
        has the account|hold|in the hands of|on it|drives|driving|is on|are on|with us on|caring for|cares for|
        accountable for|take(s) the lead|in the driving seat|talk to internally|go to person|person to ask|
        speak to internally|ask internally|talk to on our side|responsibility|responsibilities|responsable|
        belonging to|run|runs|look(s) after|do i contact|should i contact|do i ask|should i ask|do i talk to|
        should i talk to|can i talk to|to talk to about|do i speak to|should i speak to|do i go to|
        is the contact for|should i go to|under my name|under my wing|on my watch|in my care|my responsibility|
        under the name of|in the care of|on the watch of|minding|minds|mind|babysits|babysitting|shepherds|
        shepherding|steers|steering|drives this|heads|heading|heads up|fronts|fronting|holds|holding|owner is|
        owns it|own it|on the case|is the lead|is lead|the face of|in the lead|go to|main person|takes it|has it|
        works this account|works that account|sells to|selling to|the seller|who sells|got it|got that one|
        got this one|has got it|to ask about|should one ask|to go to about|to contact about|to turn to|
        do i turn to|should i turn to|running point|point on|one of us handles""",
    Cue.OWE: """say i would do|said i would do|say id do|said id do|say i will do|said i will do|
        said i was going to do|are on my list|is on my list|owe(s)|owed|owing|on the hook|on the hook for|plate|
        have to do|has to do|
        need to do|needs to do|
        must do|got to do|gotta do|supposed to do|should do|to get done|to deliver|promised|promise to|on my list|
        have to deliver|must deliver|committed to|commit to|assigned|down for|obliged|expected of|expected from|
        left to do for|still got to do|work have|have to finish|must finish|need to finish|needs to finish|
        has to finish|in my queue|in my court|in my hands|on my desk|up to me|pledged|undertake|undertaken|
        agreed to do|signed up for|on my to do|need to get done|want me to do|am i doing|to be doing|
        working through|to tackle|should be doing|should i be doing|tasked with|i need to do|should work on|
        must i do|must do next|on the agenda for me|waiting on me to do|have to get done|in my backlog|
        on my backlog|backlog|whats next for me|whats on my list|has got to do|have got to do|got to get done|
        due for me|due from me|desk|desks|plates|whose plate|on whose desk|on whose plate|in whose court|
        on the list for|am i meant to|am i supposed to|i am meant to|i am supposed to|im supposed to|im meant to|
        meant to deliver|supposed to deliver|expected to deliver|meant to send|has the ball|got the ball|
        have the ball|ball is with|on my hands|i still need to|i still have to|do i still need to|still have to do|
        still needs to do|still need to do|waiting for me to do|on my agenda|in my pipeline of work|
        to take care of|should deliver|need to deliver|needs to deliver|left for me|on my shoulders|on our plate|
        my responsibility to do|am i behind on|am i working on|im working on|i am working on|do i need to|
        do i have to|must i|should i do|sitting on|is sitting on|are sitting on|lined up|got lined up|
        have lined up|has lined up|busy with|working on next|on their plate|on her plate|on his plate|
        in their queue|in her queue|in his queue|on the to do list of|signed up to|volunteered for|volunteered to|
        obligated to""",
    Cue.DUE: """due|due date|deadline(s)|falling due|fall due|falls due|come due|comes due|coming due|expire(s)|
        to be done|should be done|must be done|has to be done|have to be done|needs to be done|need to be done|
        needs doing|get done by|supposed to be done|coming up|be finished|should be finished|scheduled for|
        on the calendar|due on|due by|is due|expected|have to be finished|must be finished|meant to be done|
        want done|on for|be ready|ready""",
    Cue.OVERDUE: """did i miss a deadline|did i miss any deadline(s)|did i miss a date|overdue|late|past due|
        behind schedule|past the deadline|past its date|past their date|missed deadline(s)|missed their deadline|
        should have been done|should be done already|delinquent|lapsed|past deadline|tardy|too late|over due|
        running late|past their due date|missed its deadline|past its due date|past their deadline|not done in time|
        not done on time|beyond the deadline|expired|in arrears|should have finished|missed the deadline|
        over the deadline|belated|behind with|behind on|is behind|come and gone|has passed|have passed|gone by|
        whose date has passed|been missed|missed|not completed in time|not finished in time|not completed on time|
        not finished on time|not delivered on time|not done by the deadline|not met|not made in time|
        not been done in time|not been completed in time|past their close date|past its close date|past close date|
        past the close date|past their closing date|past closing date|close date has passed|close date passed|
        close date is past|close date in the past|closing date has passed|closing date in the past|
        beyond their close date|past their day|past its day|past deadlines|blown deadline(s)|blew the deadline|
        blown its deadline|blown their deadline|slipped past|should be done by now|should be finished by now|
        was due already|were due already|ought to be done already|should have happened|should have closed|overrun|
        over time|out of time|behind time|not on time|late with|late on|in default|past the due date|past due date|
        weeks late|days late|long overdue|due in the past|gone past|gone over|gone past its date|
        gone past their date|gone past its day|past its sell by|most overdue""",
    Cue.ASKED: """asked|asking of me|asking of|asked of|ask of me|ask of|asking for|asked for|asked to|
        waiting for my answer|want from me|wants from me|want of me|asks of me|needed of me|waits for my answer|
        my answer|need my answer|wait for my answer|answer of mine|waiting for an answer|owe an answer|
        owes an answer|has to answer|have to answer|needs to answer|need to answer|should answer|must answer|
        still has to answer|waiting for an answer from|needed from me|need from me|needs from me|waiting on me|
        waiting for me|wait for me|waits for me|expect from me|expected from me|expects from me|ask me for|
        asked me for|asking me for|require from me|required from me|did we ask|we ask|we asked|have we asked|
        are we asking|we are asking|ask from|asked from|did we ask for""",
    Cue.DOING: """chasing|nudge|nudges|nudging|chasing up|push for|writes up|handing over|
        drives forward|send|sends|sent|
        sending|call|calls|called|calling|prepare(s)|prepared|preparing|write|writes|book|books|booked|arrange(s)|
        arranged|organise|organised|organize|organized|email|emails|ring|phone|phones|draft|drafts|drafted|set up|
        invite(s)|invited|schedule|schedules|chase|chases|chased|follow up with|followed up|answer|collect|
        check(s)|checked|create(s)|created|build|builds|built|present(s)|presented|hand over|pay|order|submit|
        submits|submitted|upload|introduce|introduced|visit the|talk through with|get back to|handed over|
        worked on|host the|dealing|tackling|picks up|pick up|sort out|sorts out|help with|helps with|picked up|
        taken on|has taken on|took over|taken over|bug|pester|nag|remind|chase up|typing""",
}


Meaning = (
    Cue
    | Subject
    | Field
    | Per
    | Stage
    | AccountStanding
    | ListStatus
    | BuyingRole
    | Function
    | SignalKind
    | DecisionKind
    | Progress
    | Way
    | Having
    | int
)
"""A meaning of a phrase; a number is a tier."""

OPTIONAL = re.compile(r"\(([^)]*)\)")
PLAIN = re.compile(r"[a-z0-9 ]*")
LONGEST_PHRASE = 6
SHORTEST_CORRECTED = 5
"""Letters of the shortest word that may be a slip of another."""

TWO_SLIPS_LETTERS = 9
"""Letters of the shortest word in which two slips may be."""

SHORT_FORMS = {
    **{f"{word}s": word for word in ("what", "how", "who", "where", "when", "why", "there", "that", "here", "let")},
    "ive": "i",
    "im": "i",
    "weve": "we",
    "theyve": "they",
    "theyre": "they",
    "youre": "you",
    "youve": "you",
    "hes": "he",
    "shes": "she",
    "ill": "i'll",
    "wots": "what",
    "wat": "what",
    "whts": "what",
    "wht": "what",
}
SLIPS = {
    "wich": "which",
    "whcih": "which",
    "wihch": "which",
    "hwo": "how",
    "teh": "the",
    "adn": "and",
    "accs": "accounts",
    "taht": "that",
    "form": "from",
    "stauts": "status",
    "ownr": "owner",
    "fo": "of",
    "waht": "what",
    "hw": "how",
    "teir": "tier",
    "satge": "stage",
    "dose": "does",
    "whos": "who",
    "wen": "when",
    "wy": "why",
    "duo": "due",
    "isn": "isnt",
    "havn't": "havent",
    "witout": "without",
    "w/out": "without",
    "bt": "but",
    "ppl": "people",
    "mktg": "marketing",
    "opps": "opps",
    "cust": "customer",
    "custs": "customers",
    "nxt": "next",
    "lst": "last",
    "wk": "week",
    "defo": "definitely",
    "tho": "though",
    "cos": "because",
    "coz": "because",
    "bc": "because",
}
"""Slips of short words and short forms, which their letters alone don't tell."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase found: how many words it takes, and all that it may mean."""

    count: int
    meanings: tuple[Meaning, ...]


def word_key(token: Token) -> str:
    """Return the form in which a word is looked up: `what's` and `whats` are `what`, `I'll` and `ill` are `i'll`."""
    is_will = token.suffix == "ll" and token.word in ("i", "we", "they", "you", "he", "she")
    word = f"{token.word}'ll" if is_will else token.word
    return SHORT_FORMS.get(word, word)


def phrase_at(words: Sequence[str], start: int) -> Phrase | None:
    """Return the longest phrase that begins there, None for a word without a meaning of its own."""
    known = _lexicon()
    for count in range(min(LONGEST_PHRASE, len(words) - start), 0, -1):
        meanings = known.get(tuple(words[start : start + count]))
        if meanings:
            return Phrase(count, meanings)
    return None


def is_known(word: str) -> bool:
    """Return true for a word that stands in a phrase."""
    return word in _words()


@lru_cache(maxsize=4096)
def corrected(word: str) -> str | None:
    """Return the word that this one is a slip of, None where it is near to none, or to two."""
    if word in SLIPS:
        return SLIPS[word]
    if not word.isalpha():
        return None
    if len(word) < SHORTEST_CORRECTED:
        return _untangled(word)
    allowed = 2 if len(word) >= TWO_SLIPS_LETTERS else 1
    for slips in range(1, allowed + 1):
        near = {each for each in _words() if len(each) >= 4 and OSA.distance(word, each, score_cutoff=slips) <= slips}
        same_start = {each for each in near if each[0] == word[0]}
        for fitting in (near, same_start, {each for each in near if _undoubled(each) == _undoubled(word)}):
            if len({_stem(each) for each in fitting}) == 1:
                return min(fitting, key=lambda each: (abs(len(each) - len(word)), each))
    return None


def _untangled(word: str) -> str | None:
    """Return the one word of the same letters in which two neighbours have changed places: `hvae` is `have`."""
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)} - {word}
    near = sorted(swapped & _words()) if len(word) > 2 else []
    return near[0] if len(near) == 1 else None


@cache
def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the phrases written as `a|b(s)` as words in the form of `word_key`; words in brackets may be left out."""
    found: list[tuple[str, ...]] = []
    for piece in text.split("|"):
        written = " ".join(piece.split())
        ending = OPTIONAL.search(written)
        for choice in ("", ending[1]) if ending else ("",):
            found.append(_phrase(OPTIONAL.sub(choice, written, count=1) if ending else written))
    return tuple(found)


def _phrase(written: str) -> tuple[str, ...]:
    """Return the words of a phrase; nearly all are plain letters, which need no reading."""
    if PLAIN.fullmatch(written):
        return tuple(SHORT_FORMS.get(each, each) for each in written.split())
    return tuple(word_key(each) for each in read_tokens(written))


def _undoubled(word: str) -> str:
    """Return the word with each double letter once: `acounts` is `accounts` and no `amounts`."""
    return re.sub(r"(.)\1", r"\1", word)


def _stem(word: str) -> str:
    """Return the word without an ending that leaves what it means."""
    return re.sub(r"(?:ers?|ed|ing|s|e)$", "", word)


@cache
def _words() -> frozenset[str]:
    return frozenset(word for phrase in _lexicon() for word in phrase)


@cache
def _lexicon() -> Mapping[tuple[str, ...], tuple[Meaning, ...]]:
    found: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
    for meaning, text in _tables():
        for phrase in phrases(text):
            if phrase and not any(each is meaning for each in found[phrase]):
                found[phrase].append(meaning)
    return {phrase: tuple(meanings) for phrase, meanings in found.items()}


def _tables() -> Iterable[tuple[Meaning, str]]:
    """Yield every meaning with its phrases; the first meaning of a phrase is the likeliest."""
    yield from read.TIERS.items()
    yield from kinds.NOUNS.items()
    for values in (read.STAGES, read.STATES, read.STATUSES, kinds.ROLES, kinds.FUNCTIONS):
        yield from values.items()
    yield from ((state, read.AT_RISK) for state in (AccountStanding.NEEDS_INTERVENTION, AccountStanding.STALLED))
    for kind in (kinds.SIGNALS, kinds.DECISIONS, kinds.PROGRESS, kinds.WAYS, kinds.HAVINGS):
        yield from kind.items()
    yield from read.FIELDS.items()
    yield from read.PER.items()
    for cues in (read.FORMS, kinds.TIES, read.ORDER, WORK, VERBS, kinds.STANDS_ON):
        yield from cues.items()
    yield from kinds.SMALL_TALK.items()
    yield Cue.VERDICT, kinds.VERDICTS
    yield Cue.FILLER, read.FILLERS


# A text in its pieces: names, people, segments, days, numbers, and phrases with all that they may mean.

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more words that say one thing.

    Attributes:
        typed: the words as typed.
        start, end: the tokens that they are, `end` left out.
        meanings: of a phrase; empty for a name, days, a number, and for words that mean nothing here.
        account, segment, when, number: that which is named; one of these and the next two at most.
        choice: the accounts that a name may mean, or is near to.
        persons: user ids of our person named, of several where they share the name.
        amount: the bounds of an amount of money.
        mark: the mark that closes the piece, '' for none.
        is_possessive: true for `Nora's`, and for `Noras` where that is what is meant.
        is_guessed: true where a slip was corrected.
    """

    typed: str
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    account: int | None = None
    choice: Choice | None = None
    persons: tuple[str, ...] = ()
    segment: str = ""
    when: When | None = None
    number: int | None = None
    amount: AmountSaid | None = None
    mark: str = ""
    is_possessive: bool = False
    is_guessed: bool = False

    @property
    def is_name(self) -> bool:
        """Return true for an account, a person or a segment."""
        return self.account is not None or bool(self.choice or self.persons or self.segment)

    @property
    def is_unknown(self) -> bool:
        """Return true for a word that means nothing here."""
        has_meaning = any(each is not Cue.TITLE for each in self.meanings)
        return not (has_meaning or self.is_name or self.when or self.amount or self.number is not None)

    @property
    def is_filler(self) -> bool:
        """Return true for a word that may be left out."""
        return Cue.FILLER in self.meanings

    def means(self, *wanted: Meaning) -> bool:
        """Return true if one of these is among its meanings."""
        # loops and no generator: each rule asks this of each piece
        for each in self.meanings:
            for meaning in wanted:
                if each is meaning:
                    return True
        return False

    def of_kind(self, kind: type[T]) -> tuple[T, ...]:
        """Return its meanings of a kind."""
        return tuple([each for each in self.meanings if isinstance(each, kind)])


class Said:
    """The pieces of a text, and which of them have been used for something.

    `is_whole` is false for a text that stands on the answer before it: "not tier 3" is then said of that.
    """

    def __init__(self, pieces: Sequence[Piece], *, is_whole: bool = True) -> None:
        self.pieces = tuple(pieces)
        self.is_whole = is_whole
        self.used: set[int] = set()

    def copy(self) -> "Said":
        """Return the same pieces, of which more can be used without a change here."""
        same = Said(self.pieces, is_whole=self.is_whole)
        same.used = set(self.used)
        return same

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, position: int) -> Piece:
        return self.pieces[position]

    def where(self, *wanted: Meaning) -> list[int]:
        """Return the positions of the pieces with one of these meanings."""
        return [position for position, piece in enumerate(self.pieces) if piece.means(*wanted)]

    def has(self, *wanted: Meaning) -> bool:
        """Return true if a piece has one of these meanings."""
        return bool(self.where(*wanted))

    def has_left(self, *wanted: Meaning) -> bool:
        """Return true if a piece that nothing has used yet has one of these meanings."""
        return any(position not in self.used for position in self.where(*wanted))

    def first(self, *wanted: Meaning) -> int | None:
        """Return the position of the first piece with one of these meanings."""
        return next(iter(self.where(*wanted)), None)

    def of_kind(self, kind: type[T]) -> Iterator[tuple[int, T]]:
        """Yield position and meaning of every piece of a kind that is not used yet; all meanings of a piece."""
        for position, piece in enumerate(self.pieces):
            if position not in self.used:
                for meaning in piece.of_kind(kind):
                    yield position, meaning

    def take(self, kind: type[T], wanted: Callable[[T], bool] = lambda _: True) -> tuple[T, ...]:
        """Return the values of a kind that are not used yet, each once, and use their pieces."""
        found = [(position, value) for position, value in self.of_kind(kind) if wanted(value)]
        self.use(*(position for position, _ in found))
        return tuple(dict.fromkeys(value for _, value in found))

    def use(self, *positions: int) -> None:
        """Note that these pieces say something that is kept."""
        self.used.update(positions)

    def next_of_weight(self, position: int) -> int | None:
        """Return the position of the next piece that is no mere filler, None at the end."""
        return next((each for each in range(position + 1, len(self)) if self.has_weight(each)), None)

    def before_of_weight(self, position: int) -> int | None:
        """Return the position of the piece before that is no mere filler, None at the beginning."""
        return next((each for each in range(position - 1, -1, -1) if self.has_weight(each)), None)

    def has_weight(self, position: int) -> bool:
        """Return true unless the piece is a filler and nothing else."""
        return self.pieces[position].meanings != (Cue.FILLER,)
