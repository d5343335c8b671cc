"""Verbs and the like that tell what is asked for."""

from assistant.reading.vocabulary.cues import Cue

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
