"""Words for the values of filters: stages, states, statuses, roles, functions, kinds."""

from agendas.facts.account import ListStatus, Stage
from agendas.facts.list_filter import AccountStanding

TIERS: dict[int, str] = {
    1: """tier 1(s)|tier one(s)|t1(s)|tier1(s)|t 1|one to one|1:1(s)|1 to 1|first tier|top tier|1to1|tier i|
        highest tier|1st tier|tier ones""",
    2: "tier 2(s)|tier two(s)|t2(s)|tier2(s)|t 2|one to few|1:few|1 to few|second tier|1tofew|tier ii|2nd tier",
    3: """tier 3(s)|tier three(s)|t3(s)|tier3(s)|t 3|one to many|1:many|1 to many|third tier|1tomany|tier iii|
        lowest tier|bottom tier|3rd tier""",
}

STAGES: dict[Stage, str] = {
    Stage.TARGET: "target|target stage|targets|stage target|untouched stage",
    Stage.AWARE: "aware|awareness|aware stage|stage aware|awareness stage",
    Stage.ENGAGED: "engaged|engaged stage|stage engaged|engagement stage",
    Stage.MQA: "mqa(s)|marketing qualified account(s)|marketing qualified|qualified|qualified account(s)|mqa stage",
    Stage.OPPORTUNITY: """opportunity|opportunity stage|opp stage|stage opportunity|opportunity accounts|
        are opportunities""",
    Stage.CUSTOMER: """customer(s)|customer stage|client(s)|customer account(s)|existing customer(s)|
        paying customer(s)|buying customer(s)|current customer(s)""",
}

STATES: dict[AccountStanding, str] = {
    AccountStanding.NEEDS_INTERVENTION: """needs intervention|need intervention|needs help|need help|
        needs attention|need attention|needing intervention|needing attention|needing help|needs intervening|red|
        in the red|intervention needed|require intervention|requires intervention|requiring intervention|
        calls for intervention|attention needed|help needed|require attention|requires attention|marked red|
        critical|on fire|urgent|burning|need an intervention|needs an intervention|in need of intervention|
        in need of help|intervention|in need of attention|escalated|needing an intervention|want intervention|
        need us to intervene|require help|crying for help|needs us to intervene|marked for intervention|
        needs intervention state|need somebody to step in|need someone to step in|needs somebody to step in|
        needs someone to step in|step in|have to step in|must step in|should step in|someone to step in|
        somebody to step in|intervene at|needs rescue|need rescuing|needs us|need us|need a hand|needs a hand|
        needs support|need support|need somebody senior|sos|emergency|emergencies|fires|alarm|alarming|
        need us to step in|needs us to step in|call for help|calling for help|need saving|needs saving|need a push|
        needs a push from above|need an exec to step in|in need of an intervention|in crisis|crisis|burn|red ones|
        red accounts|reds|red flagged|flagged red|need someone senior|intervention accounts|requiring attention|
        deserve attention|want attention|need our attention|needs our attention|needs our help|need our help|
        cry for help|must be rescued|to be rescued|to intervene in|do we need to intervene|need to intervene|
        must we intervene|should we intervene|have to intervene|we have to intervene|must we step in|
        should we step in|need to step in|do we need to step in|do we have to step in|need to get involved|
        must we get involved""",
    AccountStanding.STALLED: """stalled|stalling|stall|stalls|stuck|stagnant|stagnating|frozen|standing still|
        gone nowhere|going nowhere|idle|yellow|at a standstill|stand still|dead in the water|not progressing|stale|
        not advancing|stopped moving|dormant|stood still|not budging|lost momentum|bogged down|no movement state|
        sluggish|plateaued|get stuck|got stuck|gotten stuck|stands still|ground to a halt|come to a halt|
        came to a halt|at a halt|halted|grind to a halt|run aground|out of steam|lost steam|run out of steam|
        hit a wall|hit the wall|going in circles|at a dead end|not going anywhere|going nowhere fast|
        treading water|in limbo|no progress|not making progress|making no progress|flatlining|flat|
        spinning our wheels|spinning its wheels|at a dead stop|not moved on|not getting anywhere|getting nowhere|
        not getting any further|no momentum|out of momentum|nothing happens|nothing is happening|nothing happening|
        nothing going on|where nothing happens|standing|sleeping|dead|asleep|in a rut|rusting|rotting|hang|hangs|
        hanging around|stand idle|static|motionless|immobile|dragging|dragging on|dragging their feet|stopped|
        come to a standstill|at standstill|have stalled|has stalled|slow movers|wont move|will not move|
        stuck in the mud|bogged|deadlocked|deadlock|stalemate""",
    AccountStanding.EXPANDED: "expanded state",
    AccountStanding.ADVANCED: "green|advanced state|going places|moving in the right direction|green ones|greens",
    AccountStanding.CLAIMED: """claimed|only claimed|unproven|unverified|unevidenced|not evidenced|unsupported|
        just claimed|not proven|claimed only|claimed stage(s)|claimed state|not verified|without backing|
        nothing to show for it|not proven yet|lacking evidence for their stage|no evidence for their stage|
        stage not evidenced|stage without evidence|stage is only claimed|stage only claimed|merely claimed|
        purely claimed|asserted|so called|allegedly|supposed stage|on paper only|unsubstantiated|not substantiated|
        not supported|not confirmed|unconfirmed|nothing proves|no proof of stage""",
    AccountStanding.NEW: """new|new account(s)|new one(s)|brand new|newly named|new on the list|new to the list|
        fresh|just joined|new arrivals|new joiners|recently named|just named|freshly named|new names|newly joined|
        brand new accounts""",
    AccountStanding.STEADY: """steady|stable|quiet ones|on track|in good shape|unchanged|healthy|going well|
        no change state|doing fine|doing well|all good|nothing to worry about|no problems|calm|smooth|
        under control|running smoothly|in order|okay ones|fine ones|no worries|no drama|without drama|
        in good health|as usual|business as usual|stable ones|steady ones|doing ok|doing okay|humming along|
        ticking along|quiet and fine|holding steady""",
}
AT_RISK = """at risk|in trouble|in danger|risky|endangered|troubled|not going well|going badly|going wrong|shaky|
    in jeopardy|problematic|unhealthy|not healthy|doing badly|off track|worrying|in bad shape|risk accounts|
    trouble accounts|struggling|wobbly|in difficulty|not doing well|derailing|going off the rails|of concern|
    slipping away|gone wrong|losing ground|wobbling|could lose|might lose|may lose|about to lose|not looking good|
    look bad|looks bad|looking bad|danger zone|worry about|worried about|should worry about|concerned about|
    worries|in the red zone|sinking|slipping away from us|on the brink|under threat|threatened|vulnerable|exposed|
    in a bad place|not good|in a bad way|heading south|going south|sick|ailing|unwell|causing concern|
    causing worries|risks|problem accounts|problem children|problem child|trouble spots|hot spots|endangered ones|
    risky ones|at risk accounts|that worry us|that should worry us|give us headaches|headaches|in hot water|
    in peril|in the danger zone|precarious|critical state|are we on track|are we still on track|are we on course"""

STATUSES: dict[ListStatus, str] = {
    ListStatus.CANDIDATE: """candidate(s)|nominated|nominee(s)|nomination(s)|proposed account(s)|
        suggested account(s)|not yet named|waiting to be named|candidate account(s)|up for naming|waiting list|
        candidate list|wait list|was nominated|got nominated|been nominated|were nominated|
        waiting for a decision on nomination|awaiting nomination|waiting for nomination|
        awaiting a decision on nomination|still to be named|to be named|pending accounts|applicants|not named yet|
        up for approval|waiting for approval|in the queue|hopefuls|prospective accounts|potential accounts|
        awaiting approval|accounts to be|wannabes|waiting room|being considered|under consideration|
        in consideration|considered|on the waiting list|contenders|prospects|suggested ones|
        suggestions for the list|nominated ones|candidate stage|proposals for the list|waiting to get on the list|
        want to name|wanting to be named|waiting for a decision|not decided yet""",
    ListStatus.NAMED: """on the list|on our list|on the named list|on list|active account(s)|named ones|listed|
        on our named list|on the account list|part of the list|in the list|active ones|on the target list|
        in the program|in our program|in the programme|part of the program|current account(s)|named|
        a named account|named account now|a target account""",
    ListStatus.PAUSED: """paused|on hold|on pause|put on hold|suspended|parked|on a break|paused account(s)|
        put on ice|on ice|frozen|resting|shelved|mothballed|time out|in hibernation|hibernating|put aside|set aside|
        benched|on the back burner|back burner|not active|inactive on the list|taking a break|sleeping accounts|
        pausing|in pause|stand by|on standby|dormant accounts|halted accounts""",
    ListStatus.REMOVED: """removed|taken off the list|off the list|dropped from the list|taken off|
        kicked off the list|struck off|removed account(s)|delisted|off our list|no longer on the list|
        not on the list any more|left the list|leave the list|come off the list|came off the list|
        fall off the list|fell off the list|kicked off|kicked out|thrown off the list|off the named list|
        dropped off the list|thrown out|taken off our list|left our list|got off the list|kick off the list|
        drop off the list|taken from the list|removed from the list|leaving the list|come off|came off|
        go off the list|went off the list|gone from the list|drop from the list|deleted from the list|
        fallen off the list|take off the list|take off|kick off|throw off the list|take off our list|
        remove from the list|drop off|dropped off|fell off|exited the list|kicked|kick|ex accounts|former accounts|
        no longer named|gone from our list|past accounts|dropped accounts|deleted accounts|no longer ours|
        not ours any more|not ours anymore|former|crossed off the list|crossed off|not on the list anymore|
        disappeared from the list|have been taken off|was taken off|were taken off|got taken off|fell out|
        fallen out|thrown off|struck from the list|scratched|out of the program|left the program|
        dropped from our list|expelled|ejected|ousted|parted with""",
    ListStatus.REJECTED: """rejected|turned down|declined|refused|said no to|not accepted|rejected account(s)|
        rejected candidate(s)|say no to|turn down|knocked back|denied|voted down|not admitted|not let on the list|
        say no|said no|says no|reject|decline|not let in|passed on|not taken|not admitted to the list|
        did not make it|didnt make it|failed to make the list|not make the list|not approved|thumbs down|vetoed|
        dismissed|ruled out|discarded candidates|didnt make the list|never made the list|did not make the list|
        no go|nogo|shot down|binned candidates|rejects|rejections""",
}
