"""Words for roles, functions, and kinds of signals, decisions, progress and movement."""

from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
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
        commercial decision maker""",
    BuyingRole.TECHNICAL_EVALUATOR: """technical evaluator(s)|tech evaluator(s)|evaluator(s)|technical buyer(s)|
        tech buyer(s)|technical assessor|technical reviewer(s)|technical gatekeeper|technical contact(s)|
        technical person|evaluates technically|technical evaluation|does the evaluation|tests us technically|
        evaluates us|evaluates our product|assesses us|checks the tech|looks at the tech|tech person|tech people|
        tech guy|technical lead|technical side|technical people|evaluating us|evaluates the product|vets us|
        tech contact|tech contacts|does the technical check|technical check|solution architect|evaluators|
        reviews the tech|do the evaluation|doing the evaluation|evaluation""",
    BuyingRole.CHAMPION: """champ(s)|championing us|championing|champion(s)|user champion(s)|internal champion|
        advocate(s)|fan inside|our champion|inside champion|sponsor inside|cheerleader|ally|allies|biggest fan|
        champions us|rooting for us|roots for us|fights for us|on our side there|sells us internally|sells for us|
        likes us|like us|loves us|supporter|supporters|friend inside|friends inside|friend|friends|our friend|
        our man|our woman|insider|fan|fans|biggest supporter|strongest supporter|pushes for us|push for us|
        pushing for us|speaks for us|vouches for us|backs us|backing us|promoter|promoters|advocates for us|
        in our corner|carries our flag|evangelist|who wants us|wants us|want us|way in|champ|champs""",
    BuyingRole.PROCUREMENT: """procurement|purchasing|buying department|procurement contact(s)|procurement person|
        procurement people|purchasing contact|purchasing department|procurement lead|vendor management|purchaser|
        purchasers|buying side|sourcing|vendor manager|supplier management|procurement manager|
        buyers in procurement|procurement side|who negotiates""",
    BuyingRole.EXECUTIVE_SPONSOR: """executive sponsor(s)|exec sponsor(s)|sponsor(s)|executive sponsorship|
        exec sponsorship|their executive|their exec|c level sponsor|sponsoring executive|senior sponsor|
        top level sponsor|buyer side sponsor|c suite sponsor|sponsoring|sponsors us|sponsored by|top sponsor|
        c level contact|c level contacts|board contact|board sponsor|top executive|senior executive|exec level|
        executive level|sponsor at the top|high level sponsor""",
    BuyingRole.DECISION_MAKER: """decision maker(s)|decisionmaker(s)|decider(s)|makes the decision(s)|
        makes the call|make the decision|takes the decision(s)|calls the shots|final say|has the final word|
        final decision maker|makes decisions|decision taker|decision takers|last word|decides there|decide there|
        who decides|has the last word|got the last word|got the final say|has the final say|makes the final call|
        makes the final decision|signs off on it|final word|in charge there|the boss there|boss there|
        calls the shots there|pulls the strings|decides on us|decide on us|power to decide|deciding person|
        deciding people|whose call is it|whose decision is it|whose call""",
    BuyingRole.INFLUENCER: """influencer(s)|influences|has influence|opinion leader(s)|influence|influencing|
        has a say|have a say|opinion|influential|influential people|pulls strings""",
    BuyingRole.END_USER: """uses us|uses our product|end user(s)|enduser(s)|actual user(s)|daily user(s)|
        day to day user(s)|product user(s)|uses it|will use it|use it every day|day to day|people who use it|
        will use the product|work with the product|hands on users|hands on""",
    BuyingRole.BLOCKER: """detractor(s)|opponent(s)|people against us|naysayer(s)|nay sayer(s)|works against us|
        against us|blocker role|is against us|opposes us|working against us|who opposes|blocker type|enemy|enemies|
        critics|critic|sceptic|skeptic|sceptics|skeptics""",
    BuyingRole.COACH: "coach|coaches|guide inside|mentor(s)",
}

FUNCTIONS: dict[Function, str] = {
    Function.SALES: "sales|sales team|sales people|salespeople|sellers function|sales department|sales side|ae team",
    Function.MARKETING: """marketing|marketing team|marketing department|abm team|marketeers|marketers|
        marketing people|marketing folks|mktg""",
    Function.CUSTOMER_SUCCESS: """customer success|cs|csm|csms|customer success team|success team|cs team|
        customer success manager(s)|cs people""",
    Function.PRODUCT: "product|product team|product management|product manager(s)|pm|product people|product department",
    Function.FINANCE: """finance|finance team|accounting|cfo office|finance department|finance people|controlling|
        fin team""",
    Function.EXECUTIVE: """executive(s)|exec(s)|leadership|management|executive team|exec team|c level|c suite|
        an executive|senior leadership|the board|higher ups|upper management|top management|leadership team""",
}

SIGNALS: dict[SignalKind, str] = {
    SignalKind.WEB_VISIT: """web visit(s)|website visit(s)|site visit(s)|web traffic|page view(s)|pageview(s)|
        visit(s)|website traffic|web activity|site traffic|visited our site|visited our website|visit our website|
        visit our site|on our site|on our website|look at our site|look at our website|looked at our site|
        looked at our website|looking at our website|looking at our site|webvisit(s)|web hits|visited the website|
        visit the website|visiting our website|visiting our site|visited our pages|our pricing page|
        come to our site|came to our website|came to our site|browse our site|browsing our site|browsed our site|
        on the website|site activity|website activity|web session(s)|website""",
    SignalKind.CONTENT: """content|content engagement|download(s)|downloaded|whitepaper(s)|white paper(s)|
        content signal(s)|ebook(s)|e book(s)|blog read(s)|content read(s)|content read|content consumption|
        content download(s)|reading our content|read our content|engaging with our content|assets downloaded|
        case study downloads|read|reads|reading|consumed|download|downloading""",
    SignalKind.INTENT: """intent|intent signal(s)|intent data|purchase intent|buying intent|topic surge(s)|
        surge(s)|surging|buyer intent|third party intent|bombora|g2 intent|in market|showing intent|show intent|
        shows intent""",
    SignalKind.COMPETITIVE_RESEARCH: """competitive research|competitor research|competitor(s)|competition|
        rival(s)|competitive signal(s)|looking at competitors|comparing vendors|research competitors|
        researching competitors|looking at a competitor|competitor signal(s)|checking out competitors|
        talking to competitors|researching rivals|shopping around|comparing competitors|compare competitors|
        competitive intel|competitor comparison(s)|vendor comparison(s)|competitor page(s)|
        looking at the competition|looked at competitors|look at competitors|competitor activity|looking at rivals""",
    SignalKind.HIRING: """hiring|job post(s)|job ad(s)|vacancies|vacancy|job posting(s)|recruiting|new hires|
        open roles|hiring signal(s)|job opening(s)|open positions|open position|hire(s)|jobs posted|recruitment|
        job listings|headcount growth|hired""",
    SignalKind.TECH_CHANGE: """tech change(s)|technology change(s)|tech stack change(s)|tech stack|new technology|
        technographic(s)|new tech|technology signal(s)|tech signal(s)|stack change(s)|changed technology|
        technology switch|changed their stack|tech move(s)|switching tools|technology adoption|migrated|
        changed tools|change in technology|changes in technology""",
    SignalKind.EXEC_MOVE: """exec move(s)|executive move(s)|executive change(s)|exec change(s)|
        leadership change(s)|management change(s)|new executive(s)|new exec(s)|new cfo|new ceo|new cio|new cto|
        new cmo|new coo|change(s) at the top|change(s) in leadership|change(s) in management|leadership move(s)|
        new leadership|personnel change(s)|new boss|new head|new vp|executive hire(s)|exec hire(s)|
        c level change(s)|job change(s)|people moves""",
    SignalKind.EVENT: """event signal(s)|event attendance|webinar signal(s)|came to the event|come to the event|
        attended the event|at the event|came to our event|come to our event|event participation|trade fair|
        trade show|conference|attend the event|attended our event|attend our event|event visit(s)|
        show up at the event|events|event|webinar(s)|webinar attendance|attended a webinar|attended our webinar""",
    SignalKind.PRODUCT_USAGE: """product usage|usage|product use|usage signal(s)|trial usage|logins|login activity|
        usage data|product activity|using the product|use of the product|active users|usage of the product|
        product adoption|adoption|use the product|used the product|usage level|usage drop|trial activity""",
    SignalKind.OTHER: "other signal(s)",
}

DECISIONS: dict[DecisionKind, str] = {
    DecisionKind.KEEP: """keep decision(s)|decided to keep|decisions to keep|keep as is|kept as is|kept|keep|
        keep it|keeping""",
    DecisionKind.CHANGE_TIER: """tier change(s)|change(s) of tier|tier move(s)|change(d) tier|changed the tier|
        change the tier|changing tier|change(s) in tier|tier switch|tier switches|retiered|retiering|re tiered|
        changed tiers|change tiers|tier decision(s)""",
    DecisionKind.INTERVENE: """decided to intervene|intervene|intervention decision(s)|intervening|
        intervention(s) decided|interventions|intervened""",
    DecisionKind.PAUSE: "pause|pauses|pause decision(s)|pausing|put on hold decision|pause of|put on pause",
    DecisionKind.REMOVE: "remove|removes|removing|removal decision(s)|take it off|removal of|removal(s)",
}

PROGRESS: dict[Progress, str] = {
    Progress.OPEN: """open|outstanding|pending|unfinished|unresolved|still open|active|live|running|ongoing|
        current|not done|not finished|undone|still running|in flight|left to do|unsolved|in progress|still to do|
        not closed|remaining|not resolved|still outstanding|still there|not completed|not yet done|incomplete|
        uncompleted|not answered|unanswered|not solved|started|underway|under way|not yet finished|
        not yet resolved|hanging over|left over|carried over|lingering|dangling|hanging|leftover""",
    Progress.DONE: """took care of|take care of it|saw to|done|finished|completed|complete|finish|finishes|
        accomplished|achieved|got done|get done|closed|ticked off|checked off|wrapped up|wrap up|delivered|
        carried out|taken care of|dealt with|executed|resolved|solved|cleared|unblocked|fixed|gone|answered|
        removed blocker|out of the way|lifted|overcome|settled|resolve|solve|clear|unblock|fulfilled|crossed off|
        ended|sorted out|sorted|cleared up|got rid of|get rid of|disappeared|went away|gone away|handled already|
        got through|responded to|concluded|fix|finishing|finalised|finalized|completing|check off|tick off|is over|
        are over|closed out|ticked""",
    Progress.DROPPED: """dropped|abandoned|cancelled|canceled|given up|gave up|give up|scrapped|called off|axed|
        withdrawn|ditched|discarded|drop|abandon|cancel|stopped|let go of|binned|give up on|gave up on|given up on|
        dropped actions|bin|bins|killed|let drop|put to rest|not going to do""",
    Progress.SLIPPED: """slipped|slip|slips|postponed|pushed|pushed back|moved back|delayed|put off|slipping|
        deferred|pushed out|got pushed|been pushed|rescheduled|moved out|kicked down the road|slippage|get pushed|
        pushed again|got pushed back|get pushed back|been pushed back|was pushed back|were pushed back|
        got postponed|got delayed|got moved back|moved to a later date|put back""",
    Progress.WON: """won|closed won|closed-won|win|wins|signed deals|landed|new business won|bagged|get won|
        deals won|winning|signed""",
    Progress.LOST: "lost|closed lost|closed-lost|lose|loses|losing|losses|loss|missed out on|lost deals|deals lost",
}

WAYS: dict[Way, str] = {
    Way.ADVANCED: """advanced|advance(s)|advancing|moved up|move up|moves up|moving up|moved forward|move forward|
        moving forward|progressed|went forward|stepped up|climbed|gone up|went up|stage up|step up|moved ahead|
        came forward|going forward|going up|improved|moved on|go forward|got ahead|stages up|gone forward|
        moving ahead|move ahead|advancement(s)|go up a stage|progressing|steps up|gained ground|upwards|
        made progress|make progress|making progress|upward|getting better|got better|up a stage|gone further|
        step forward|steps forward|came further|got further|move on|jumped|jump|gain ground|step ahead|progress|
        progresses|who up|is up|are up|who is up|winners""",
    Way.REGRESSED: """regressed|regress|regresses|regression(s)|moved back(wards)|move back(wards)|moved down|
        move down|fell back|fallen back|fall back|dropped back|drop back|slid back|slide back|slipped back|
        slip back|went backward(s)|went back|gone backward(s)|gone back|go backward(s)|go back|going backward(s)|
        backslide|backslid|setback(s)|stepped back|lost a stage|stage down|step down|backwards|backward|
        declined stage|worsened|got worse|went down|gone down|go down|deteriorated|moving backwards|moving back|
        slipping backwards|reversed|fell behind|back a stage|back a step|slid|dropped a stage|drop a stage|
        sliding back|sinking|getting worse|falling back|steps back|a step back|step backwards|down a stage|
        downgraded stage|lose ground|backsliding|moved downwards|worse off|retreated|relapsed|who down|is down|
        are down|who is down|losers|downward|downward moves|downwards""",
    Way.EXPANDED: """expanded|expand(s)|expanding|expansion(s)|grew|grown|grow|growing|upsold|upsell(s)|upsold to|
        cross sell(s)|cross sold|bought more|added seats|more seats|upgraded|growth|extended|upgrade(s)|buy more|
        buying more|took more|added licences|added licenses|got bigger|become bigger|bigger contract""",
    Way.CLAIMED: """claimed movement(s)|claimed move(s)|claims|without proof|nothing shows|nothing to show|
        not backed by evidence|claimed advance(s)|without evidence behind|not backed|unbacked|claimed step(s)|
        claimed only""",
}

HAVINGS: dict[Having, str] = {
    Having.PROOF: "proof(s)|use case proof|customer proof|reference case|proof on file|reference story",
    Having.PROPOSAL: """proposal(s)|pending proposal(s)|open proposal(s)|tier proposal(s)|proposed change(s)|
        proposed tier change(s)|proposed for|suggested change(s)|up for a tier change|proposed to|proposing|
        proposed|recommendation(s)|tier suggestion(s)|suggestion(s)|promotion proposal(s)|demotion proposal(s)|
        up for promotion|up for demotion""",
    Having.TOUCH: "touch|touches|touchpoint(s)|touch point(s)|buyer touch|contact with us|any contact|buyer contact",
}
