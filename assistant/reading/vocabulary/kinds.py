"""Words for roles, functions, and kinds of signals, decisions, progress and movement."""

from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from assistant.query import Having, Progress, Way

ROLES: dict[BuyingRole, str] = {
    BuyingRole.ECONOMIC_BUYER: """signs the cheques|signs the checks|writes the cheques|who signs the cheques|
        decides on the budget|economic buyer(s)|budget owner(s)|budget holder(s)|eb|ebs|budget|buyer who pays|
        holds the purse|holds the budget|has the budget|signs the cheque|purse strings|econ buyer(s)|
        financial buyer(s)|economic decision maker|controls the budget|owns the budget|signs the check|
        holds the money|who pays|has budget|commercial buyer|the buyer|buyer|money person|money man|
        person with the money|purse holder|holds the purse strings|purse|signs off the money|approves the budget|
        who signs|pays the bill|pays for it|pays for us|foots the bill|signs the contract|signs the contracts|
        signs off|signs the deal|can sign|budget authority|money guy|cheque book|checkbook|chequebook|wallet|
        controls the money|controls the purse|who will pay|has the money|has money|spending authority|
        approves spending|approves the spend|funds it|sits on the budget|financial decision maker|
        commercial decision maker|who signs the contract|signs contracts|who can sign|in charge of budget|
        in charge of the budget|responsible for budget|responsible for the budget|owns budget|approves budget|
        who controls the budget|budget decision maker|the money person|cheque signer|who holds the budget|
        who has budget|who has the budget|who has the money|got the money|
        got the budget|got budget""",
    BuyingRole.TECHNICAL_EVALUATOR: """technical evaluator(s)|tech evaluator(s)|evaluator(s)|technical buyer(s)|
        tech buyer(s)|technical assessor|technical reviewer(s)|technical gatekeeper|technical contact(s)|
        technical person|evaluates technically|technical evaluation|does the evaluation|tests us technically|
        evaluates us|evaluates our product|assesses us|checks the tech|looks at the tech|tech person|tech people|
        tech guy|technical lead|technical side|technical people|evaluating us|evaluates the product|vets us|
        tech contact|tech contacts|does the technical check|technical check|solution architect|evaluators|
        reviews the tech|do the evaluation|doing the evaluation|evaluation|evaluating technically|
        evaluating us technically|tests us|tech assessment|evaluating the product|checks us technically|tech lead|
        technical decision maker|tech contact(s)|technical guy""",
    BuyingRole.CHAMPION: """champ(s)|championing us|championing|champion(s)|user champion(s)|internal champion|
        advocate(s)|fan inside|our champion|inside champion|sponsor inside|cheerleader|ally|allies|biggest fan|
        champions us|rooting for us|roots for us|fights for us|on our side there|sells us internally|sells for us|
        likes us|like us|loves us|supporter|supporters|friend inside|friends inside|friend|friends|our friend|
        our man|our woman|insider|fan|fans|biggest supporter|strongest supporter|pushes for us|push for us|
        pushing for us|speaks for us|vouches for us|backs us|backing us|promoter|promoters|advocates for us|
        in our corner|carries our flag|evangelist|who wants us|wants us|want us|way in|champ|champs|our way in|
        supports us|supporter(s)|inside friend|who champions|who is for us|
        fighting our corner|fights our corner|pro us|promoter(s)|advocates""",
    BuyingRole.PROCUREMENT: """procurement|purchasing|buying department|procurement contact(s)|procurement person|
        procurement people|purchasing contact|purchasing department|procurement lead|vendor management|purchaser|
        purchasers|buying side|sourcing|vendor manager|supplier management|procurement manager|
        buyers in procurement|procurement side|who negotiates|in purchasing|in procurement|their procurement|
        purchasing person|purchasing people|purchaser(s)""",
    BuyingRole.EXECUTIVE_SPONSOR: """executive sponsor(s)|exec sponsor(s)|sponsor(s)|executive sponsorship|
        exec sponsorship|their executive|their exec|c level sponsor|sponsoring executive|senior sponsor|
        top level sponsor|buyer side sponsor|c suite sponsor|sponsoring|sponsors us|sponsored by|top sponsor|
        c level contact|c level contacts|board contact|board sponsor|top executive|senior executive|exec level|
        executive level|sponsor at the top|high level sponsor|sponsoring us|who sponsors|executive backing|
        executive support|exec support|senior exec|exec backing|c level person|exec level contact""",
    BuyingRole.DECISION_MAKER: """decision maker(s)|decisionmaker(s)|decider(s)|makes the decision(s)|
        makes the call|make the decision|takes the decision(s)|calls the shots|final say|has the final word|
        final decision maker|makes decisions|decision taker|decision takers|last word|decides there|decide there|
        who decides|has the last word|got the last word|got the final say|has the final say|makes the final call|
        makes the final decision|signs off on it|final word|in charge there|the boss there|boss there|
        calls the shots there|pulls the strings|decides on us|decide on us|power to decide|deciding person|
        deciding people|whose call is it|whose decision is it|whose call|who can decide|who will decide|
        who gets to decide|who takes decisions|who makes decisions|who takes the decision|who makes the decision|
        can say yes|who signs off|who has the say|who has the last word|the last word|ultimate decision maker|
        who approves""",
    BuyingRole.INFLUENCER: """influencer(s)|influences|has influence|opinion leader(s)|influence|influencing|
        has a say|have a say|opinion|influential|influential people|pulls strings|influences the decision|
        influence the decision|who influences|has a voice|shapes the decision""",
    BuyingRole.END_USER: """uses us|uses our product|end user(s)|enduser(s)|actual user(s)|daily user(s)|
        day to day user(s)|product user(s)|uses it|will use it|use it every day|day to day|people who use it|
        will use the product|work with the product|hands on users|hands on|who uses the product|who uses it|
        who uses our product|users on their side|users there|user side|key user(s)|power user(s)|people using it|
        people using the product|works with the product""",
    BuyingRole.BLOCKER: """detractor(s)|opponent(s)|people against us|naysayer(s)|nay sayer(s)|works against us|
        against us|blocker role|is against us|opposes us|working against us|who opposes|blocker type|enemy|enemies|
        critics|critic|sceptic|skeptic|sceptics|skeptics|could block|who is against|opposing us|hostile|sceptic(s)|
        skeptic(s)|sceptical|skeptical|critic(s)|who resists|resists us|resists|blocking person|person blocking|
        blocker person|adversary|adversaries|antagonist|not in favour of us|dislikes us|
        doesnt like us|dont like us|does not like us|hates us""",
    BuyingRole.COACH: """coach|coaches|guide inside|mentor(s)|coaches us|guides us|helps us inside|inside guide|
        who coaches|insider(s)|coaching us""",
}

FUNCTIONS: dict[Function, str] = {
    Function.SALES: """sales|sales team|sales people|salespeople|sellers function|sales department|sales side|ae team|
        reps|sellers|sales reps|aes|sales folks|sales colleagues|sales guys""",
    Function.MARKETING: """marketing|marketing team|marketing department|abm team|marketeers|marketers|
        marketing people|marketing folks|mktg|marketing colleagues|marketing guys""",
    Function.CUSTOMER_SUCCESS: """customer success|cs|csm|csms|customer success team|success team|cs team|
        customer success manager(s)|cs people""",
    Function.PRODUCT: """product|product team|product management|product manager(s)|pm|product people|
        product department|product folks|product guys""",
    Function.FINANCE: """finance|finance team|accounting|cfo office|finance department|finance people|controlling|
        fin team|finance folks|finance person|finance guys|finance colleagues""",
    Function.EXECUTIVE: """executive(s)|exec(s)|leadership|management|executive team|exec team|c level|c suite|
        an executive|senior leadership|the board|higher ups|upper management|top management|leadership team|our execs|
        our executives|our own execs|our own executives|which exec|which executive|which execs|which executives""",
}

DECISIONS: dict[DecisionKind, str] = {
    DecisionKind.KEEP: """keep decision(s)|decided to keep|decisions to keep|keep as is|kept as is|kept|keep|
        keep it|keeping|stay on the list|stays on the list|keep on the list|keep going with|carry on with|
        stick with|keep decision|leave as is|left as is""",
    DecisionKind.CHANGE_TIER: """tier change(s)|change(s) of tier|tier move(s)|change(d) tier|changed the tier|
        change the tier|changing tier|change(s) in tier|tier switch|tier switches|retiered|retiering|re tiered|
        changed tiers|change tiers|tier decision(s)|new tier|tier shift(s)|tier adjustment(s)|moved tier|move tier|
        moving tier|change of tier decision(s)|re tier|retier|tiering decision(s)|tier update(s)""",
    DecisionKind.CHANGE_MOTION: """motion change(s)|change(s) of motion|change(d) motion|changed the motion|
        change the motion|changing the motion|motion decision(s)|new motion|changes in motion|change in motion""",
    DecisionKind.INTERVENE: """decided to intervene|intervene|intervention decision(s)|intervening|
        intervention(s) decided|interventions|intervened|step in|stepping in|stepped in|to help out""",
    DecisionKind.PAUSE: """pause|pauses|pause decision(s)|pausing|put on hold decision|pause of|put on pause|
        pausing decision(s)|put on hold|hold decision(s)|freezing""",
    DecisionKind.REMOVE: """remove|removes|removing|removal decision(s)|take it off|removal of|removal(s)|drop it|
        drop them|drop from the list|take them off|taken off the list|kick off the list""",
}

PROGRESS: dict[Progress, str] = {
    Progress.OPEN: """open|outstanding|pending|unfinished|unresolved|still open|active|live|running|ongoing|
        current|not done|not finished|undone|still running|in flight|left to do|unsolved|in progress|still to do|
        not closed|remaining|not resolved|still outstanding|still there|not completed|not yet done|incomplete|
        uncompleted|not answered|unanswered|not solved|started|underway|under way|not yet finished|
        not yet resolved|hanging over|left over|carried over|lingering|dangling|hanging|leftover|left from|
        left over from""",
    Progress.DONE: """took care of|take care of it|saw to|done|finished|completed|complete|finish|finishes|
        accomplished|achieved|got done|get done|closed|ticked off|checked off|wrapped up|wrap up|delivered|
        carried out|taken care of|dealt with|executed|resolved|solved|cleared|unblocked|fixed|gone|answered|
        removed blocker|out of the way|lifted|overcome|settled|resolve|solve|clear|unblock|fulfilled|crossed off|
        ended|sorted out|sorted|cleared up|got rid of|get rid of|disappeared|went away|gone away|handled already|
        got through|responded to|concluded|fix|finishing|finalised|finalized|completing|check off|tick off|is over|
        are over|closed out|ticked|got finished|been finished|got completed|been completed|been done|
        been delivered|been sent|handled|got closed|been closed|got resolved|been resolved|been cleared|
        got cleared|got solved|been solved|got lifted|been lifted|get through|got over the line|over the line|
        in the bag|shipped|all done|off the list of tasks|put to bed|knocked off|crossed out|finish up|finished up|
        wrapping up|tied up|went through with|done with|did get done|gotten done|get over|cracked|cleared away|
        put behind us|no longer blocking|no longer a blocker|no longer blocked|not blocking anymore""",
    Progress.DROPPED: """dropped|stop|abandoned|cancelled|canceled|given up|gave up|give up|scrapped|called off|axed|
        withdrawn|ditched|discarded|drop|abandon|cancel|stopped|let go of|binned|give up on|gave up on|given up on|
        bin|bins|killed|let drop|put to rest|not going to do|binning|kill|scrap|scrapping|ditch|
        axe|got dropped|been dropped|let slide|not going ahead|called it off|shelved|shelve|no longer doing|
        no longer needed|not needed anymore|deleted|forgo|closed without doing|closed undone|abandoning|cancelling|
        canceling""",
    Progress.SLIPPED: """slipped|pushing back|keep pushing back|keep pushing|keep moving|slip|slips|postponed|pushed|
        pushed back|moved back|delayed|put off|slipping|
        deferred|pushed out|got pushed|been pushed|rescheduled|moved out|kicked down the road|slippage|get pushed|
        pushed again|got pushed back|get pushed back|been pushed back|was pushed back|were pushed back|
        got postponed|got delayed|got moved back|moved to a later date|put back|pushed to next week|
        pushed to next month|moved to later|moved out again|has moved its close date|have moved|slid|has slid|
        kept slipping|keep slipping|keeps slipping|slipping again|got moved|been moved|been delayed|been postponed|
        moved their date|moved its date|changed its date|changed date|new date|date moved|due date moved|
        moved the date|delays|got rescheduled|been rescheduled|set back|shifted to later|bumped to next week|bumped""",
    Progress.WON: """won|closed won|closed-won|win|wins|signed deals|landed|new business won|bagged|get won|
        deals won|winning|signed|deals closed|closed deals|closed business|new wins|landed deals|brought in|
        brought home|got the deal|signed off deals|came in as won|in the won column|deals signed|signed contracts|
        won business|business won""",
    Progress.LOST: """lost|closed lost|closed-lost|lose|loses|losing|losses|loss|missed out on|lost deals|
        deals lost|lost out on|lost business|fell through|slipped away|went to a competitor|went to competitors|
        failed deals|dead deals|deals that died|died|walked away|got away|gone to competitors""",
}

WAYS: dict[Way, str] = {
    Way.ADVANCED: """advanced|go up|goes up|advance(s)|advancing|
        moved up|move up|moves up|moving up|moved forward|
        move forward|
        moving forward|progressed|went forward|stepped up|climbed|gone up|went up|stage up|step up|moved ahead|
        came forward|going forward|going up|improved|go forward|got ahead|stages up|gone forward|moving ahead|
        move ahead|advancement(s)|go up a stage|progressing|steps up|gained ground|upwards|made progress|
        make progress|making progress|upward|getting better|got better|up a stage|gone further|step forward|
        steps forward|came further|got further|jumped|jump|gain ground|step ahead|progress|progresses|who up|is up|
        are up|who is up|winners|forward movement(s)|forward move(s)|upward movement(s)|upward move(s)|
        went up a stage|gone up a stage|moved a stage up|moved one stage up|up one stage|moved further|
        further along than before|leapt|leaped|leap|advanced a stage|advance a stage|whos up|forwards|
        got to the next stage|reached the next stage|up the ladder|positive movement(s)|headway|made headway|
        in the right direction""",
    Way.REGRESSED: """fell from|fall from|slid from|fell back to|went back to|gone back to|regressed|regress|regresses|
        regression(s)|moved back(wards)|move back(wards)|moved down|
        move down|fell back|fallen back|fall back|dropped back|drop back|slid back|slide back|slipped back|
        slip back|went backward(s)|went back|gone backward(s)|gone back|go backward(s)|go back|going backward(s)|
        backslide|backslid|setback(s)|stepped back|lost a stage|stage down|step down|backwards|backward|
        declined stage|worsened|got worse|went down|gone down|go down|deteriorated|moving backwards|moving back|
        slipping backwards|reversed|fell behind|back a stage|back a step|slid|dropped a stage|drop a stage|
        sliding back|sinking|getting worse|falling back|steps back|a step back|step backwards|down a stage|
        downgraded stage|lose ground|backsliding|moved downwards|worse off|retreated|relapsed|who down|is down|
        are down|who is down|losers|downward|downward moves|downwards|backward movement(s)|downward movement(s)|
        went down a stage|gone down a stage|down one stage|one stage down|moved one stage down|one stage back|
        back one stage|whos down|in the wrong direction|slipped a stage|slid a stage|fell a stage|
        lost momentum and fell|negative movement(s)|demoted stage|took a step back|step back|steps down|falls back|
        fell down|backtracked|backpedalled|dropped down|drop down|cooled off|cooled down|downhill""",
    Way.EXPANDED: """expanded|expand(s)|expanding|expansion(s)|grew|grown|grow|growing|upsold|upsell(s)|upsold to|
        cross sell(s)|cross sold|bought more|added seats|more seats|upgraded|growth|extended|upgrade(s)|buy more|
        buying more|took more|added licences|added licenses|got bigger|become bigger|bigger contract|
        bought additional|buys more|added users|more licences|more licenses|additional seats|additional licences|
        bigger deal|spent more|spend more|spending more|grows|has grown|growing with us|extended their contract|
        extended the contract|extends|rolled out further|rollout to more""",
    Way.CLAIMED: """claimed movement(s)|claimed move(s)|claims|without proof|nothing shows|nothing to show|
        not backed by evidence|claimed advance(s)|without evidence behind|not backed|unbacked|claimed step(s)|
        claimed only|nobody backed up|nobody confirmed|not backed up|not confirmed|unconfirmed|have no evidence|
        no evidence behind|unproven move(s)|cant prove|cannot prove|can not prove|unverified move(s)|not evidenced|
        claimed stage move(s)|just claimed|
        only claimed|nobody proved|no proof behind|lack proof|lack evidence|lacking evidence|lacking proof|
        missing evidence|missing proof""",
}

HAVINGS: dict[Having, str] = {
    Having.PROOF: "proof(s)|use case proof|customer proof|reference case|proof on file|reference story",
    Having.PROPOSAL: """proposal(s)|pending proposal(s)|open proposal(s)|tier proposal(s)|proposed change(s)|
        proposed tier change(s)|proposed for|suggested change(s)|up for a tier change|proposed to|proposing|
        proposed|recommendation(s)|tier suggestion(s)|suggestion(s)|promotion proposal(s)|demotion proposal(s)|
        up for promotion|up for demotion|should be promoted|should be demoted|should we promote|should we demote|
        ought to be promoted|ought to be demoted|to be promoted|to be demoted|ready for promotion|ripe for promotion|
        due for promotion|due for demotion|promotion candidate(s)|demotion candidate(s)""",
    Having.TOUCH: "touch|touches|touchpoint(s)|touch point(s)|buyer touch|contact with us|any contact|buyer contact",
}
