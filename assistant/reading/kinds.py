"""Words for roles, functions, and kinds of signals, decisions, progress and movement."""

from agendas.facts.events import DecisionKind
from agendas.facts.group import BuyingRole
from agendas.facts.people import Function
from agendas.facts.signals import SignalKind
from assistant.query import Having, Progress, Subject, Way
from assistant.reading.read import Cue
from assistant.remark import Intent

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


# Words of what is no question: small talk, verdicts on people, orders.

SMALL_TALK: dict[Cue, str] = {
    Cue.HELLO: """hello|hi|hey|yo|good morning|morning|good afternoon|good evening|hiya|howdy|greetings|hey there|
        hi there|hello there|sup|evening|afternoon|good day|gm|heya|hullo|moin|hallo|hi again|how are you|
        how are you doing|how do you do|hows it going|hows life|you there|are you there|are you awake|whats up|
        wassup|nice to meet you|how are you today|hey hey|is anyone there|anyone there|anybody there|
        is anybody there|happy friday|happy monday|happy tuesday|happy wednesday|happy thursday|hows your day|
        how is your day|good to see you|pleased to meet you|long time no see|how you doing|how have you been|
        welcome back|im back|back again|testing|hello world|knock knock|hi all|hi everyone|hello everyone|hi team|
        hey team|good morning all|morning all|morning team|hey you|hey bot|hi bot|hello bot|how do|
        how are you doing today|hows things|how are things with you|you ok|are you ok|you around|are you around|
        you up|hola|bonjour|servus|ciao|happy|nice|merry|season s greetings""",
    Cue.THANKS: """thanks|thank you|thank u|thx|cheers|ta|many thanks|thanks a lot|much appreciated|appreciate it|
        great|perfect|awesome|nice|nice one|good job|well done|brilliant|cool|lovely|tnx|ty|tysm|thanks so much|
        got it|great stuff|super|excellent|good bot|thats all|thats it|that helps|very helpful|wonderful|all good|
        good to know|noted|bye|goodbye|see you|fab|amazing|kudos|legend|splendid|thank you so much|thankyou|thks|
        gracias|danke|that was helpful|love it|sweet|fantastic|good work|helpful|much obliged|that all i needed|
        that is all i needed|that all i wanted|all i needed|that all for now|that all|all i wanted to know|
        that will do|that was all|that does it|youre the best|you are the best|you rock|you are great|youre great|
        youre awesome|you are awesome|no worries|never mind|nevermind|nvm|no problem|np|thats all i needed|
        thats all i need|that was all i needed|thats what i needed|thats what i wanted|just what i needed|
        exactly what i needed|thats perfect|thats great|thats helpful|thats useful|makes sense|understood|i see|
        fair enough|ok thanks|gotcha|roger|ace|magic|bless you|good stuff|wicked|thatll do|nothing else|im good|
        im done|all set|thats everything|have a good day|have a nice day|have a good one|have a nice weekend|
        have a good weekend|nice weekend|good night|night|cya|see ya|take care|talk later|ttyl|until tomorrow|
        see you tomorrow|great help|life saver|lifesaver|hero|good one|great job|nice job|nice work|great work|neat|
        ok cool|good answer|very useful|useful|for your help|for the help|for helping|for that|that was quick|
        that was fast|quick answer|works for me|works great|that works|well that was easy|much appreciated thanks|
        appreciated|grateful|im grateful|thank you kindly|thanks again|thanks a million|thanks a bunch|thanks mate|
        cheers mate|ta very much|thanku|tks|thanx|thnx|tyvm|10x|obrigado|merci|grazie|dank je|tack|fine thanks|
        lovely thanks|sorted thanks|bye bye|bye now|adios|thats all for now|thats all for today|done for today|
        love you|i love you|well done bot|clever bot|smart bot|good boy|impressive|not bad|wow|nice to know|
        interesting|good|very good|very nice|alright|all right|ok then|okay then|sure thing|will do|thanks a ton|
        youre a star|you are a star|thanks loads|thanks heaps|ok great thanks|you are the best bot|ta mate|
        thanks bot|thank you bot""",
    Cue.HELP: """help|what can you do|what can i ask|how do you work|how does this work|commands|usage|manual|
        how do i use you|how do i use this|what do you do|what are you|who are you|instructions|how to use|
        what can i do here|what do you know|guide|how does it work|what can you answer|what questions|help me|
        what are you for|what can you tell me|examples|show me what you can do|what is this|how do i start|
        what else can you do|faq|how can i use you|what can i ask you|how can you help|need help using|how do i ask|
        what can this do|options|what is cadence|whats cadence|explain yourself|getting started|
        how do i get started|what do i do here|tutorial|how should i ask|what should i ask|docs|documentation|
        what kind of questions|what sort of questions|can you help|can you help me|who made you|are you a bot|
        what are you good for|tell me what you can do|what is this bot|what does this bot do|list of commands|
        how can i ask|what do you understand|menu|how do i use it|how do you use this|how to start|what can we ask|
        how to use you|how to use this|i need help|need help|need some help|what are you able to do|i lost|
        i am lost|im lost|i am stuck|what are you capable of|what could i ask|what could you do|what may i ask|
        how can i talk to you|how do i talk to you|how does one use you|how do you function|what do you offer|
        what can you find|what can you look up|what sort of things can i ask|what things can i ask|
        what kinds of questions|give me some examples|give me examples|some examples|example questions|
        what can you help me with|what can you help with|how do i use cadence|what does cadence do|how to ask|
        tell me how this works|show me how this works|how do i work with you|your commands|what are your commands|
        which commands|list your commands|explain how i use you|how i use you|what else could i ask|
        what else can i ask|could i ask you|any examples|sample questions|which questions|
        questions do you understand|questions do you answer|questions can i ask|questions can you answer|
        what to ask|dont know what to ask|what can you do for me|your features|what features|features|
        your capabilities|capabilities|how to talk to you|how should i talk to you|what else do you know|
        what info do you have|what data do you have|what information do you have|show me the ropes|
        introduce yourself|tell me about yourself|whats your purpose|your purpose|how should i phrase|
        what can i type|what do i type|what do i say|what can i say|how does this bot work|how does the bot work|
        how does cadence work|how do i work this|what is your job|whats your job|whats this|what is this thing|
        what does this do|what does this thing do|what can this bot do|what can the bot do|what can cadence do|
        what do you cover|how do i begin|where do i start|where do i begin|im new here|i am new here|im new|
        first time here|user guide|help please|help pls|please help|could you help|could you help me|help me out|
        i need some help|what are my options|show commands|show help|need a hand|how smart are you|are you an ai|
        are you human|are you a robot|are you chatgpt|are you real|how do you know all this|
        where do you get your data|where is your data from|what sort of stuff do you know|what stuff do you know|
        who built you|who wrote you|who programmed you|are you ai|tell me what i can ask|what i can ask|
        what i can ask here|how do i ask about|how can i ask about|how smart is this bot|what am i able to ask|
        what could you tell me|what are you good at|what do i ask|how do you know that|tell me what you know""",
}

VERDICTS = """doing well in|doing well at|doing his job|doing her job|star rep|star seller|star performer|our star|
    superstar|mvp|knows what he is doing|knows what she is doing|know what he is doing|know what she is doing|
    knows his job|knows her job|know his job|know her job|up to the job|up to it|fit for the job|
    right person for the job|wrong person for the job|whats wrong with|what is wrong with|let us down|lets us down|
    letting us down|failed us|dropped the ball|drops the ball|asleep at the wheel|to praise|praise|impressive|
    hopeless|promote him|promote her|get rid of him|get rid of her|too slow|too lazy|a good worker|a bad worker|
    clueless|rubbish|shouldnt we fire|pulls his weight|pulls her weight|the smartest|most reliable|least reliable|
    should be replaced|replace him|replace her|hire a replacement|lazier|sucks|suck at|screws up|keeps messing up|
    keep messing up|worst of us|best of us|messed this up|blew it|blew the|ruined|botched|to thank for|
    responsible for losing|guilty of|the worst at|the best at|slackest|busiest bee|dead wood|deadwood|fault that|
    bad at their job|good at their job|good at his job|good at her job|bad at his job|bad at her job|be sacked|
    be fired|be let go|should be let go|best rep|worst rep|best seller|worst seller|lazy|laziest|to blame|blame|fire|
    fired|sack|sacked|incompetent|underperforming|underperformer(s)|performing|performer(s)|best performer|
    worst performer|slacking|slacker(s)|good job|bad job|doing a good job|doing a bad job|useless|smart|smartest|
    dumb|stupid|reliable|unreliable|hardest working|hard working|hardworking|trust|trustworthy|whose fault|fault|
    screwed up|messed up|bonus|raise him|raise her|good at|bad at|weakest|strongest rep|strongest seller|
    best person|worst person|slow|slowest|competent|deserves|deserve|overpaid|underpaid|nice person|like him|
    like her|attractive|annoying|difficult person|rate the|rank the reps|rank the team|rank my team|
    rank my colleagues|weak link|weakest link|top performer(s)|low performer(s)|high performer(s)|productive|
    most productive|least productive|effective|ineffective|pulling their weight|pulling his weight|
    pulling her weight|careless|sloppy|bad manager|good manager|best manager|skilled|talented|incapable|capable|
    guilty|culprit|disappoint|disappointing|dead weight|deadweight|promotion worthy|better seller|better rep|
    better salesperson|worse rep|better marketer|best marketer|worst marketer|let go|best salesperson|
    worst salesperson|better job|worse job|crap|idiot|moron|terrible at|great at|stronger rep|fail|failing us|
    failing at|to be fired|should go|getting lazy|works hardest|works the hardest|works hard|works least|
    working hard|working hard enough|doing enough|pull their weight|pull his weight|pull her weight|best at|
    worst at|worth their salary|worth his salary|worth her salary|worth the money we pay|salary|perform|
    performance review|performs|any good|poor job|great job|good seller|bad seller|good rep|bad rep|best colleague|
    worst colleague|favourite colleague|favorite colleague|favourite rep|screw up|messing up|mess up|asleep|
    best employee|worst employee|best account manager|worst account manager|best owner|worst owner|better owner|
    good enough|overrated|underrated|motivated|unmotivated|dependable|honest|dishonest|liar|lying|bad person|lousy|
    would you promote|should i promote|should we promote|slower|slowest seller|faster|fastest seller|smarter|
    dumbest|least work|deserves a raise|deserve a raise|get a raise|gets a raise|think of|your opinion|opinion of|
    opinion on|opinion about|rate my|rate our|rate them|rate each|grade my|score my|rank the sellers|
    rank my sellers|rank the people|rank our people|rank our reps|rank our sellers|rank my reps|
    contributes the least|contributes the most|contributes least|contributes most|contributing|contributes|
    doing their job|do his job|do her job|right person|wrong person|right man|right woman|cut out for|worth keeping|
    worth having|keep or fire|get rid of|replaceable|fuck up|fucked up|cocked up|bungled|dropping the ball|mess|
    responsible for the mess|responsible for this mess|responsible for the loss|to thank|deserves credit|
    deserves the credit|deserves praise|deserve credit|whose mistake|mistake|error|negligent|neglecting|neglects|
    is at fault|at fault|to be blamed|blamed|blames|who failed|weak performer|strong performer|strong seller|
    weak seller|weaker seller|stronger seller|best in sales|worst in sales|best in marketing|worst in marketing|
    best of the team|worst of the team|best in the team|worst in the team|best on the team|worst on the team|
    top seller|top sellers|bottom performer(s)|under performing|underperform|underperforms|over performing|
    outperforming|overperforming|performs best|performs worst|performs better|best performing rep|
    worst performing rep|best performing seller|worst performing seller|performing best|performing worst|lagging|
    slacker|slackers|slack|slacks|loafing|idle rep|punctual|professional|unprofessional|arrogant|rude|friendly|
    nice guy|likeable|clever|brilliant seller|a star|rockstar|rock star|useless rep|worthless|pathetic|loser|
    failure|a failure|disaster|a joke|pull his socks up|improve at|warning|warn him|warn her|pip|performance plan|
    demote him|demote her|compensation|commission|pay rise|raise for|bonus for|trusted|be trusted|star of the team|
    biggest asset|biggest liability|dead weight here"""
"""Judgements of a person; they count as such where a person or nothing else is asked about."""

PEOPLE_JUDGED = """rep|reps|seller(s)|salesperson|salespeople|colleague(s)|marketer(s)|employee(s)|teammate(s)|
    person|people|team|anyone|anybody|guy|guys|manager(s)|member(s)|owner(s)|one in marketing|one in sales|
    performer(s)|worker(s)|sales rep|sales reps|account executive(s)|ae|aes|colleague of mine|gal|man|woman|men|
    women|staff|staff member(s)|coworker(s)|co worker(s)|someone|somebody|individual|leader|boss|sdr(s)|bdr(s)|kam|
    marketeer(s)|salesman|salesmen|saleswoman|top performer(s)|player(s)|one of us|one on the team|one in the team|
    one here|of us"""

POLITE_PHRASES = """would you be so kind as to|be so kind as to|be so kind and|id like you to|i would like you to|
    i want you to|i need you to|id appreciate it if you could|it would be great if you could|
    it would be nice if you could|would be great if you could|would be good if you could|could i ask you to|
    may i ask you to|can i ask you to|do me a favour and|do me a favor and|make sure to|make sure you|
    make sure that you|dont forget to|go ahead and|go and|would it be possible to|is it possible to|
    would it be possible for you to|is it possible for you to|feel free to|you should|you need to|you must|
    you have to|please be sure to|time to|its time to|we need to|we have to|we should|we must|i have to|i must|
    would you mind|do you mind"""
"""Words before an order that say nothing of it."""

ORDERS: dict[Intent, str] = {
    Intent.MOVE: """move|advance|regress|step up|bump|upgrade|switch|shift|bring|progress|roll back|take back|
        set back|step down|put back""",
    Intent.EDIT: """give|take|pass|set|change|update|edit|rename|correct|put|make|fix|adjust|turn|transfer|hand|
        reassign|enter|modify|replace|swap|raise|lower|increase|decrease|reduce|use|hand over""",
    Intent.PAUSE: "pause|park|suspend|freeze|unpause|resume|hold off|put on hold",
    Intent.REMOVE: """remove|delete|drop|erase|take off|kick|kick out|wipe|get rid of|reject|throw out|strike|purge|
        discard|forget|clear out|decline|deny|forget about""",
    Intent.NOMINATE: "nominate|propose|suggest",
    Intent.TIER: "promote|demote|retier|downgrade|relegate",
    Intent.RESOLVE: "resolve|unblock|solve|clear",
    Intent.DONE: "complete|close|tick off|check off|mark|tick|cancel|reopen|wrap up",
    Intent.NEXT_ACTION: """remind|assign|tell|ask|ping|nudge|chase|call|email|mail|message|book|send|schedule|
        follow up|write|notify|invite|prepare|plan|arrange|delegate|get|have|let|phone|contact|forward|introduce|
        organise|organize|set up|draft|poke|warn""",
    Intent.REVIEW: """postpone|reschedule|skip|cancel the review|start the review|open the review|close the review|
        push|push back|delay|move the review|bring forward|start|begin|open""",
    Intent.DECIDE: "decide|intervene|keep|approve|escalate",
    Intent.UPDATE: """record|log|note|add|create|save|register|write down|report|capture|document|post|make a note|
        insert|upload|import|restore|undo|revert|merge|archive|submit|file|put down|new""",
    Intent.OTHER: """export|translate|stop|subscribe|unsubscribe|mute|give access|grant|share|publish|deactivate|
        install|uninstall|ban|hide|ignore""",
}
"""Verbs that order something where they begin a text; what they are said of decides the intent."""


# Words for the kinds of signals.

SIGNALS: dict[SignalKind, str] = {
    SignalKind.WEB_VISIT: """web visit(s)|website visit(s)|site visit(s)|web traffic|page view(s)|pageview(s)|
        visit(s)|website traffic|web activity|site traffic|visited our site|visited our website|visit our website|
        visit our site|on our site|on our website|look at our site|look at our website|looked at our site|
        visit our page(s)|on our page(s)|looked at our website|
        looking at our website|looking at our site|webvisit(s)|web hits|visited the website|
        visit the website|visiting our website|visiting our site|visited our pages|our pricing page|
        come to our site|came to our website|came to our site|browse our site|browsing our site|browsed our site|
        on the website|site activity|website activity|web session(s)|website|on the site|on our page|
        been to our site|been on our site|been on our website|been on the website|website visitor(s)|
        site visitor(s)|visitor(s)|page visit(s)|pages visited|pages viewed|viewed our pages|hits on our site|
        hit our site|browsing the site|clicked around|website hits|landed on our site|landing page|on our web site|
        came by our site|web site visit(s)""",
    SignalKind.CONTENT: """content|content engagement|download(s)|downloaded|whitepaper(s)|white paper(s)|
        content signal(s)|ebook(s)|e book(s)|blog read(s)|content read(s)|content read|content consumption|
        content download(s)|reading our content|read our content|engaging with our content|assets downloaded|
        case study downloads|read|reads|reading|consumed|download|downloading|downloaded our|downloads our|
        guide download(s)|report download(s)|read our|reads our|case study read(s)|opened our content|
        consumed content|consuming content|content hits|webinar recording|report read(s)|download anything|
        downloaded anything|downloaded something|read anything|read something""",
    SignalKind.INTENT: """intent|intent signal(s)|intent data|purchase intent|buying intent|topic surge(s)|
        surge(s)|surging|buyer intent|third party intent|bombora|g2 intent|in market|showing intent|show intent|
        shows intent|intent spike(s)|spike in intent|intent surge(s)|researching our topics|
        researching our category|search interest|topic interest|researching topics|in the market|in buying mode|
        intent score(s)|third party data|showed intent|showing buying intent|buy signals of intent""",
    SignalKind.COMPETITIVE_RESEARCH: """competitive research|competitor research|competitor(s)|competition|
        rival(s)|competitive signal(s)|looking at competitors|comparing vendors|research competitors|
        researching competitors|looking at a competitor|competitor signal(s)|checking out competitors|
        talking to competitors|researching rivals|shopping around|comparing competitors|compare competitors|
        competitive intel|competitor comparison(s)|vendor comparison(s)|competitor page(s)|
        looking at the competition|looked at competitors|look at competitors|competitor activity|looking at rivals|
        checking out the competition|checking out our competition|checking our competitors|checking competitors|
        check out competitors|checking out rivals|looking at other vendors|looking at alternatives|
        evaluating competitors|evaluating alternatives|evaluating other vendors|looking elsewhere|other vendors|
        alternatives|visits to competitors|competitor visit(s)|competitor site(s)|sniffing around competitors|
        flirting with competitors|compares vendors|comparing us""",
    SignalKind.HIRING: """hiring|job post(s)|job ad(s)|vacancies|vacancy|job posting(s)|recruiting|new hires|
        open roles|hiring signal(s)|job opening(s)|open positions|open position|hire(s)|jobs posted|recruitment|
        job listings|headcount growth|hired|is recruiting|are recruiting|new job(s)|job opening|staffing up|
        growing the team|hiring spree|looking for staff|looking for people|advertised a job|advertising jobs|
        posted jobs|posted a job|careers page|vacant position(s)""",
    SignalKind.TECH_CHANGE: """tech change(s)|technology change(s)|tech stack change(s)|tech stack|new technology|
        technographic(s)|new tech|technology signal(s)|tech signal(s)|stack change(s)|changed technology|
        technology switch|changed their stack|tech move(s)|switching tools|technology adoption|migrated|
        changed tools|change in technology|changes in technology|new tool(s)|new software|new system(s)|
        new platform(s)|new stack|switched tools|tool change(s)|system change(s)|software change(s)|tech update(s)|
        tool switch|change of tools|change of stack|changing tools|changing stack|changing their stack|
        switched their stack|technology move(s)|migrating|migration(s)|new crm|new erp""",
    SignalKind.EXEC_MOVE: """exec move(s)|executive move(s)|executive change(s)|exec change(s)|
        leadership change(s)|management change(s)|new executive(s)|new exec(s)|new cfo|new ceo|new cio|new cto|
        new cmo|new coo|change(s) at the top|change(s) in leadership|change(s) in management|leadership move(s)|
        new leadership|personnel change(s)|new boss|new head|new vp|executive hire(s)|exec hire(s)|
        c level change(s)|job change(s)|people moves|new chief|leadership shuffle|reshuffle|management shuffle|
        change at the top|new cpo|new chro|new ciso|new president|new director|new head of|exec shuffle|
        exec departure(s)|executive departure(s)|exec arrival(s)|c suite change(s)|changed their cfo|
        changed their ceo|change of ceo|change of cfo|change in leadership""",
    SignalKind.EVENT: """event signal(s)|event attendance|webinar signal(s)|came to the event|come to the event|
        attended the event|at the event|came to our event|come to our event|event participation|trade fair|
        trade show|conference|attend the event|attended our event|attend our event|event visit(s)|
        show up at the event|events|event|webinar(s)|webinar attendance|attended a webinar|attended our webinar|
        webinar attendee(s)|event attendee(s)|webinar participant(s)|event participant(s)|webinar registration(s)|
        event registration(s)|booth visitor(s)|booth visit(s)|registered for the webinar|
        registered for our webinar|sign up for the webinar|came to the webinar|come to the webinar|
        joined the webinar|join the webinar|joined our webinar|were at our event|was at our event|at our event|
        at our webinar|show up at our event|showed up at our event|event guests|roundtable|round table|summit|
        meetup""",
    SignalKind.PRODUCT_USAGE: """product usage|usage|product use|usage signal(s)|trial usage|logins|login activity|
        usage data|product activity|using the product|use of the product|active users|usage of the product|
        product adoption|adoption|use the product|used the product|usage level|usage drop|trial activity|
        usage trend|usage numbers|login(s)|using our product|use our product|using it|seats used|seat usage|
        licence usage|license usage|product engagement|product logins|how much they use|platform usage|
        feature usage|feature adoption|utilisation|utilization""",
    SignalKind.OTHER: "other signal(s)",
}


# Nouns that name what is asked for.

NOUNS: dict[Subject, str] = {
    Subject.ACCOUNTS: """account(s)|acct(s)|accts|company|companies|logo(s)|firm(s)|named account(s)|
        target account(s)|key account(s)|portfolio|territory|patch|book of business|list of accounts|account list|
        book|book of accounts|name(s)|named list|target list|our list|businesses|organisation(s)|organization(s)|
        corporation(s)""",
    Subject.ACTIONS: """act next|acts next|to move next|moves next|to act|goes next|go next|action(s)|
        next action(s)|next step(s)|step(s)|task(s)|to do(s)|todo(s)|to do list|todo list|action item(s)|
        action point(s)|open item(s)|open point(s)|commitment(s)|promise(s)|follow up(s)|followup(s)|
        deliverable(s)|homework|duty|duties|chore(s)|assignment(s)|obligation(s)|work item(s)|item(s)|
        who has to do what|who does what|who is doing what|who needs to do what|who owes what|who must do what|
        open loop(s)|loose end(s)|workload|next thing|next move(s)|what is next|what next|what comes next|comes next|
        plan(s)|game plan|
        action plan|next up|what happens next|happens next|what has to happen|what needs to happen|
        what must happen|what should happen next|bits|outstanding bits|outstanding things|outstanding stuff|
        left to do|still to do|remaining work|work left|work remaining|outstanding work|open work|things to do|
        stuff to do|work to do|todo items|to do items|items|action list|task list|next thing(s) to do|deliveries""",
    Subject.BLOCKERS: """blocker(s)|obstacle(s)|hurdle(s)|roadblock(s)|road block(s)|impediment(s)|showstopper(s)|
        show stopper(s)|sticking point(s)|bottleneck(s)|bottle neck(s)|hold up(s)|holdup(s)|snag(s)|obstruction(s)|
        barrier(s)|stumbling block(s)|issue(s)|problem(s)|objection(s)|hindrance(s)|blockage(s)|dealbreaker(s)|
        deal breaker(s)|pain point(s)|sticking points|things in the way|whats in the way|blocking issue(s)|
        open issue(s)|blocking thing(s)|red flag(s)|hiccup(s)|setback point(s)|difficulties|difficulty|
        trouble spot(s)|hang up(s)|hangup(s)|logjam(s)|deadlock(s)|constraint(s)""",
    Subject.ASKS: """ask(s)|request(s)|our ask|intervention ask(s)|intervention request(s)|executive ask(s)|
        exec ask(s)|executive request(s)|exec request(s)|call(s) for help|ask for help|asks for help|
        help request(s)|open ask(s)|request(s) for help|request(s) for support|support request(s)""",
    Subject.DECISIONS: """decision(s)|ruling(s)|conclusion(s)|resolution(s)|outcome(s) of the review|
        tier decision(s)|decision log|decision history|decision taken|decisions taken|decisions made|decision made|
        calls made|verdicts of the review|what was agreed""",
    Subject.MOVEMENT: """movement(s)|stage movement(s)|stage change(s)|change(s) of stage|stage move(s)|progress|
        momentum|progression(s)|account movement(s)|stage step(s)|step(s) in stage|steps between stages|
        step(s) up the funnel|stage history|history of stages|moves between stages|movement history|stage log|
        stage timeline|stage journey|ups and downs|stage progress|stage progression|stage shift(s)|
        shift(s) in stage|move(s)|mover(s)|forward movement(s)|backward movement(s)|stage jump(s)|stage drop(s)""",
    Subject.EVIDENCE: """evidence|buyer evidence|buyer act(s)|buyer action(s)|buyer activity|proof point(s)|
        piece(s) of evidence|evidence item(s)|act(s) of the buyer|buyer side act(s)|acts by the buyer|
        buyer behaviour|buyer behavior|buyer engagement acts|latest proof|last proof|proof from|what proof|
        any proof|proof do we have|hard evidence|buyer sign(s)|buyer move(s)|buyer step(s)|evidence trail""",
    Subject.CHANGES: """change(s)|update(s)|activity|activities|history|timeline|log|entries|entry|development(s)|
        record(s)|audit trail|recent activity|event log|note(s)|mentions|mentions of|log entries|logbook|diary|
        journal|chronicle|chronology|everything recorded|all recorded|what was recorded|recordings|comment(s)|
        recent events|
        past events|goings on|happenings""",
    Subject.LIST_CHANGES: """list change(s)|change(s) to the list|change(s) on the list|change(s) in the list|
        addition(s)|removal(s)|newcomer(s)|new arrival(s)|list update(s)|list movement(s)|leaver(s)|joiner(s)|
        change(s) to our list|change(s) to the named list|list history""",
    Subject.SIGNALS: """signal(s)|buying signal(s)|trigger(s)|buyer signal(s)|purchase signal(s)|account signal(s)|
        what hot|what is hot|heating up|hot accounts|warming up|heats up|hot right now|hot now|buzz|rumours|rumors|
        stirrings|noise""",
    Subject.PEOPLE: """contact(s)|people|person|stakeholder(s)|buying group(s)|buying committee(s)|buying team(s)|
        buying center(s)|buying centre(s)|decision making unit|dmu|contact person|contact people|key contact(s)|
        contact list|org chart|their people|key people|names there|people map|stakeholder map|org map|
        relationship map|key players|players|persons|faces|face|folks there|folks at|folk|counterparts|counterpart|
        who is who|whos who|cast|acquaintances|relationships|relations|connections|connection|network|
        persons known|known persons|our contact|inside people|people inside|staff there|buying circle|
        circle of buyers|buyers|group of buyers|decision makers and co|the buying side|names and titles|titles|
        anyone named|someone named|somebody named|anybody named|someone called|anyone called|somebody called|
        anybody called|a person called|a person named|person named|person called|people named|people called|
        contact details|counterpart(s)|buyer side people|contact map|people there|names at|contact name(s)|
        names of contacts|org chart of""",
    Subject.DEALS: """deal(s)|opportunities|opps|open opportunities|sales opportunities|renewals|opp|
        open opportunity|sales opportunity|opportunity open|opportunity with|opportunity at|any opportunity|
        opportunity live|opportunity running|opportunity going|live opportunity|an open opportunity|big deal(s)|
        oppty|opptys|oppties|opportunitys|oppurtunities|oppertunities|oppurtunity|oppertunity|opty|opties|
        deal list|opp list|open deal(s)|open opp(s)|contracts|tenders|upsell deal(s)""",
    Subject.PLAYS: """play(s)|campaign(s)|marketing play(s)|running play(s)|are we running|we running|
        we are running|we have running|we got running|abm play(s)|marketing campaign(s)|campaign running|
        play running|plays going on|live campaigns|active campaigns|marketing activity|marketing activities|
        outreach campaign(s)|sequence(s)""",
    Subject.REVIEWS: """review(s)|account review(s)|review meeting(s)|cadence meeting(s)|meeting(s)|agenda(s)|
        recap(s)|review session(s)|program review(s)|team review(s)|review call(s)|minutes|executive review(s)|
        exec review(s)|account meeting(s)|review date(s)|review round(s)|pipeline review(s)|weekly review(s)|
        monthly review(s)|cadence(s)|cadence review(s)|tier review(s)|sit down(s)|retro""",
    Subject.MEMBERS: """team|teammate(s)|team member(s)|colleague(s)|our people|member(s)|crew|our team|sales team|
        marketing team|our folks|our staff|staff|of us|everybody working|everyone working|working with this bot|
        users|people on the team|people using|who else uses|has access|have access|uses this|use this bot|
        use this|access to cadence|people use this|people use this bot|team mate(s)|coworker(s)|co worker(s)|
        members of the team|members of our team""",
}


# Words that tie the others together, or stand on what was said before.

TIES: dict[Cue, str] = {
    Cue.WITH: "with|w|having|that have|which have|that has|which has|including|wit|whith|got a|carrying",
    Cue.WITHOUT: """without|w/o|wo|no|not any|without any|with no|with none|have no|has no|had no|having no|
        dont have|doesnt have|do not have|does not have|havent got|hasnt got|have not got|has not got|have none|
        not have|not having|that have no|which have no|there is no|there are no|have not any|without a|without an|
        nobody|noone|no one|nothing|none|never|never had|not had|didnt have|did not have|havent had|hasnt had|zero|
        free of|devoid of|has not had|have not had|dont have any|do not have any|doesnt have any|haven t|
        dont yet have|still have no|still has no|still no|got no|w out|theres no|neither|nor|nowhere|have never had|
        has never had|dont even have|we have no|not a single|no longer|have yet to be given|
        yet to be given|still to get""",
    Cue.MISSING: """missing|lacking|lack|lacks|miss a|misses|short of|absent|unknown|not set|not recorded|
        not filled in|blank|unfilled|vacant|is missing|are missing|still missing|incomplete in|not known|gap|gaps|
        lacked|in want of|not there|open gaps|not filled|undefined|unset|missing out on|not covered|uncovered|
        we lack|not defined|not scored|not been scored|unscored|not been set|not been recorded|not been filled in|
        not been entered|not written|not been written|not named|not assigned yet|never been set|never been recorded|
        never filled in|not on file|not maintained|not given|still empty|empty|nowhere to be found|
        never been scored|never scored|not rated|not been rated|unrated|not mapped|not been defined|yet to be set|
        yet to be named|yet to be filled|hasnt been filled in|hasnt been set|hasnt been scored|hasnt been recorded|
        isnt filled in|isnt set|hasnt been written|isnt recorded|isnt known|arent known|isnt there|havent been set|
        hasnt been entered|hasnt been named|has not been filled in|has not been set|role gaps|buying group gaps|
        holes""",
    Cue.IF: """do you know if|do you know whether|can you tell me if|can you tell me whether|tell me if|
        tell me whether|let me know if|let me know whether|know if|know whether|check if|check whether|see if|
        see whether|say if|say whether|if|whether|wonder if|wonder whether|could you tell me if|
        could you tell me whether|can you say if|can you check if|could you check if|is it true that|
        am i right that|am i right in thinking that|is it right that|do i understand right that|
        did i get it right that|can you confirm that|could you confirm that|confirm that|can you confirm|
        could you confirm|please confirm|find out if|is it the case that|am i correct that|correct that|
        id like to know if|i want to know if|any idea if|any idea whether|y/n|yes/no|yes or no|true or false|
        correct|is that right|is that correct|or not|isnt it|innit|is it not|right or wrong|can i take it that|
        i take it that|y or n|am i right|is that so|is that the case|is this right|is this correct|
        do i have that right|i take it|am i right to think that|am i right to think|am i right to assume|i gather|
        i gather that|can i assume that|can i assume|may i assume|i understand that|is it fair to say|
        am i right to say|would i be right in thinking|do we know if|do we know whether|does anyone know if|
        does anybody know if|does anyone know whether|does anybody know whether|would you know if|
        would you know whether|remind me if|remind me whether|not sure if|not sure whether|unsure if|
        unsure whether|im not sure if|can you see if|can you see whether|could you see if|can you say whether|
        could you say if""",
    Cue.NOT: """not|isnt|arent|wasnt|werent|doesnt|dont|didnt|hasnt|havent|except|excluding|but not|other than|aint|
        cant|outside|outside of|non|apart from|everything but|all but|besides|not in|not on|arent in|isnt in|
        not yet in|no longer|leave out|leaving out""",
    Cue.BY: "by",
    Cue.PER: """per|for each|for every|split by|broken down by|grouped by|group by|break down by|breakdown by|
        by each|each|split per|divided by|in each|at each|broken down per|distributed over|across each|split up by|
        split between|split across|breakdown per|distribution by|distribution over|separately for|individually|
        separated by|in every|with each|break it down by|break down per|grouped per|by every|breakdown of|
        split over""",
    Cue.SORTED: """sorted by|ordered by|ranked by|sort by|order by|rank by|in order of|sorted on|by order of|
        sorted after|ranking by|ranked on|arranged by|sorted|ranked|ordered|rank|in the order of|ranking|sort|
        in descending order of|in ascending order of|descending by|ascending by|order them by|sort them by|
        rank them by|ordering by|in sequence of|arrange by|arranged on|list by|listed by|top by|league table by|
        leaderboard by""",
    Cue.AT: """at|in|on|within|inside|across|among|from the|amongst|over at|in the|on the|at the|under|between|
        throughout""",
    Cue.ABOUT: """about|regarding|with respect to|in respect of|as regards|in regard to|as to|concerning|
        on the subject of|related to|relating to|around|to do with|mentioning|
        re|mention|mentions|that mention|called|named so|over the|containing|with regard to|in connection with|
        on the topic of|dealing with|that says|saying""",
    Cue.FOR: "for|of|to",
    Cue.FROM: "from",
    Cue.THAN: "than|then|ahead of|further than|further along than",
    Cue.AND: "and|plus|as well as|n|und|also with|but|along with",
    Cue.OR: "or|either|nor",
}

STANDS_ON: dict[Cue, str] = {
    Cue.ME: "me|i|ive|im|ill|id|myself",
    Cue.MY: "my|mine|my own|of mine|mines|me own",
    Cue.US: "we|us|our|ours|weve|were we|ourselves|my team|our own",
    Cue.IT: """it|its|this account|that account|this one|this company|the account|this customer|that company|
        the company|the same account|that one|the customer|itself|them account|this client|that customer|
        owns it|own it|has it|got it|has got it|runs it|
        running it|working on it|takes it|how is it|how it|on it|touched it|updated it|blocking it|block it|
        suggested it|proposed it|claimed it""",
    Cue.THEY: """they|them|their|theirs|those|these|both|both of them|those ones|these ones|theyre|theyve|
        all of them|of those|of these|of them|the two|those two|these two|
        blocking them|block them|visited them|called them|contact them|suggested them|how are they""",
    Cue.PERSON: "he|she|him|his|her|hers|hes|shes|himself|herself",
    Cue.THAT: "that|this|thats|thing",
    Cue.ONLY: """only|just|solely|exclusively|nothing but|purely|merely|narrow to|narrow down to|limit to|
        restrict to|filter by|filter to|filter on""",
    Cue.ALL: """all|everything|everybody|everyone|every|whole|entire|everyones|everybodys|all of it|all of the|
        full|complete list|anybodys|anyones|regardless|no matter|any kind|whole list|in general|globally|
        no matter whose it is|no matter whose|no matter who|whoever|no matter whose they are|whosever""",
    Cue.OTHER: "other|the other|another|other one|the other one|the others one|a different|different",
    Cue.OTHERS: """others|the others|the rest|rest|more|else|who else|what else|any others|any more|some more|
        the remaining|other ones|further ones|what more|anything else|anyone else|anybody else""",
    Cue.CORRECTION: """no i mean|i mean|i meant|sorry|no not|not that|not that one|wrong one|wrong|rather|instead|
        oops|actually|no sorry|no wait|wait|correction|nope|my bad|i was asking about|mistake|whoops|scratch that|
        thats wrong|meant|ment|typo|no i meant|make that|not this one|not him|not her|no no|i said""",
    Cue.SAME: """same|the same|again|same for|same thing|same question|likewise|ditto|same again|same with|repeat|
        once more|once again|as well|too|the same for""",
    Cue.YES: """yes|yep|yeah|yup|ok|okay|sure|yes please|go ahead|please do|right|correct|exactly|sure thing|y e s|
        of course|do it|go on""",
    Cue.FIRST: "first|1st|former|first one|the first",
    Cue.SECOND: "second|2nd|latter|second one|the second",
    Cue.THIRD: "third|3rd|third one|the third",
    Cue.HERE: """here|in here|in this channel|this channel|there|over there|in this room|on this account|
        on this one|at this account""",
}
