"""Words of what is no question: small talk, verdicts on people, orders."""

from assistant.reading.vocabulary.cues import Cue
from assistant.remark import Deed

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

ORDERS: dict[Deed, str] = {
    Deed.MOVE: """move|advance|regress|step up|bump|upgrade|switch|shift|bring|progress|roll back|take back|
        set back|step down|put back""",
    Deed.EDIT: """give|take|pass|set|change|update|edit|rename|correct|put|make|fix|adjust|turn|transfer|hand|
        reassign|enter|modify|replace|swap|raise|lower|increase|decrease|reduce|use|hand over""",
    Deed.PAUSE: "pause|park|suspend|freeze|unpause|resume|hold off|put on hold",
    Deed.REMOVE: """remove|delete|drop|erase|take off|kick|kick out|wipe|get rid of|reject|throw out|strike|purge|
        discard|forget|clear out|decline|deny|forget about""",
    Deed.NOMINATE: "nominate|propose|suggest",
    Deed.TIER: "promote|demote|retier|downgrade|relegate",
    Deed.RESOLVE: "resolve|unblock|solve|clear",
    Deed.DONE: "complete|close|tick off|check off|mark|tick|cancel|reopen|wrap up",
    Deed.NEXT_ACTION: """remind|assign|tell|ask|ping|nudge|chase|call|email|mail|message|book|send|schedule|
        follow up|write|notify|invite|prepare|plan|arrange|delegate|get|have|let|phone|contact|forward|introduce|
        organise|organize|set up|draft|poke|warn""",
    Deed.REVIEW: """postpone|reschedule|skip|cancel the review|start the review|open the review|close the review|
        push|push back|delay|move the review|bring forward|start|begin|open""",
    Deed.DECIDE: "decide|intervene|keep|approve|escalate",
    Deed.UPDATE: """record|log|note|add|create|save|register|write down|report|capture|document|post|make a note|
        insert|upload|import|restore|undo|revert|merge|archive|submit|file|put down|new""",
    Deed.OTHER: """export|translate|stop|subscribe|unsubscribe|mute|give access|grant|share|publish|deactivate|
        install|uninstall|ban|hide|ignore""",
}
"""Verbs that order something where they begin a text; what they are said of decides the deed."""
