"""Words of what is no question: small talk, orders, news, verdicts on people, other languages."""

from assistant.reading.vocabulary.cues import Cue
from assistant.remark import Deed

SMALL_TALK: dict[Cue, str] = {
    Cue.HELLO: """hello|hi|hey|yo|good morning|morning|good afternoon|good evening|hiya|howdy|greetings|hey there|
        hi there|hello there|sup|evening|afternoon|good day|gm|heya|hullo|moin|hallo|hi again|how are you|
        how are you doing|how do you do|hows it going|hows life|you there|are you there|are you awake|whats up|
        wassup|nice to meet you|how are you today|hey hey""",
    Cue.THANKS: """thanks|thank you|thank u|thx|cheers|ta|many thanks|thanks a lot|much appreciated|appreciate it|
        great|perfect|awesome|nice|nice one|good job|well done|brilliant|cool|lovely|tnx|ty|tysm|thanks so much|
        got it|great stuff|super|excellent|good bot|thats all|thats it|that helps|very helpful|wonderful|all good|
        good to know|noted|bye|goodbye|see you|fab|amazing|kudos|legend|splendid|thank you so much|thankyou|thks|
        gracias|danke|that was helpful|love it|sweet|fantastic|good work|helpful|much obliged|that all i needed|
        that is all i needed|that all i wanted|all i needed|that all for now|that all|all i wanted to know|
        that will do|that was all|that does it""",
    Cue.HELP: """help|what can you do|what can i ask|how do you work|how does this work|commands|usage|manual|
        how do i use you|how do i use this|what do you do|what are you|who are you|instructions|how to use|
        what can i do here|what do you know|guide|how does it work|what can you answer|what questions|help me|
        what are you for|what can you tell me|examples|show me what you can do|what is this|how do i start|
        what else can you do|faq|how can i use you|what can i ask you|how can you help|need help using|
        how do i ask|what can this do|options|what is cadence|whats cadence|explain yourself|getting started|
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
        tell me how this works|show me how this works|how do i work with you""",
}

VERDICTS = """best rep|worst rep|best seller|worst seller|lazy|laziest|to blame|blame|fire|fired|sack|sacked|
    incompetent|underperforming|underperformer(s)|performing|performer(s)|best performer|worst performer|slacking|
    slacker(s)|good job|bad job|doing a good job|doing a bad job|useless|smart|smartest|dumb|stupid|reliable|
    unreliable|hardest working|hard working|hardworking|trust|trustworthy|whose fault|fault|screwed up|messed up|
    bonus|raise him|raise her|good at|bad at|weakest|strongest rep|strongest seller|best person|worst person|slow|
    slowest|competent|deserves|deserve|overpaid|underpaid|nice person|like him|like her|attractive|annoying|
    difficult person|rate the|rank the reps|rank the team|rank my team|rank my colleagues|weak link|weakest link|
    top performer(s)|low performer(s)|high performer(s)|productive|most productive|least productive|effective|
    ineffective|pulling their weight|pulling his weight|pulling her weight|careless|sloppy|bad manager|
    good manager|best manager|skilled|talented|incapable|capable|guilty|culprit|disappoint|disappointing|
    dead weight|deadweight|promotion worthy|better seller|better rep|better salesperson|worse rep|better marketer|
    best marketer|worst marketer|let go|best salesperson|worst salesperson|better job|worse job|crap|idiot|moron|
    terrible at|great at|stronger rep|fail|failing us|failing at|to be fired|should go|getting lazy|works hardest|
    works the hardest|works hard|works least|working hard|working hard enough|doing enough|pull their weight|
    pull his weight|pull her weight|best at|worst at|worth their salary|worth his salary|worth her salary|
    worth the money we pay|salary|perform|performance review|performs|any good|poor job|great job|good seller|
    bad seller|good rep|bad rep|best colleague|worst colleague|favourite colleague|favorite colleague|
    favourite rep|screw up|messing up|mess up|asleep|best employee|worst employee|best account manager|
    worst account manager|best owner|worst owner|better owner|good enough|overrated|underrated|motivated|
    unmotivated|dependable|honest|dishonest|liar|lying|bad person"""
"""Judgements of a person; they count as such where a person or nothing else is asked about."""

PEOPLE_JUDGED = """rep|reps|seller(s)|salesperson|salespeople|colleague(s)|marketer(s)|employee(s)|teammate(s)|
    person|people|team|anyone|anybody|guy|guys|manager(s)|member(s)|owner(s)|one in marketing|one in sales|
    performer(s)|worker(s)"""

ORDERS: dict[Deed, str] = {
    Deed.MOVE: "move|advance|regress|step up|bump|upgrade|switch|shift",
    Deed.EDIT: """give|take|pass|set|change|update|edit|rename|correct|put|make|fix|adjust|turn|transfer|hand|
        reassign|enter|modify|replace|swap|raise|lower|increase|decrease|reduce|use""",
    Deed.PAUSE: "pause|park|suspend|freeze|unpause|resume|hold off|put on hold",
    Deed.REMOVE: """remove|delete|drop|erase|take off|kick|kick out|wipe|get rid of|reject|throw out|strike|purge|
        discard|forget|clear out|decline|deny""",
    Deed.NOMINATE: "nominate|propose|suggest",
    Deed.TIER: "promote|demote|retier|downgrade|relegate|tier",
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

NEWS: dict[Deed, str] = {
    Deed.MOVE: """signed|moved to|became a customer|is now a customer|won the deal|closed the deal|bought|
        gave us the order|gone live|went live|is live|moved up|moved into|is an opportunity now|advanced to|
        churned|cancelled the contract|placed the order|po is in|ordered|picked us|chose us|went with us|
        selected us|dropped us|is a customer now|went with a competitor|chose a competitor|renewed|expanded|
        extended the contract|closed won|closed lost|just closed|have closed|has closed|is now an mqa|
        is now engaged|is now an opportunity|is won|is lost|we won|we lost|lost the deal|lost them|won them|
        opened an opportunity|contract is in|is closed|are a customer|added seats|bought more|doubled|upgraded|
        fell back|regressed|backed out|pulled out|said no|gave us a no|went cold|moved back|is now in|jumped to|
        go ahead|got the signature|countersigned|deal is done|are in|is signed|were signed|was signed|has signed|
        have signed|stepped up|turned us down|rejected us|terminated""",
    Deed.EVIDENCE: """attended|came to|confirmed|said yes|sent back|sent us|asked for|asked us|booked|replied|
        accepted|approved|showed up|joined the|requested|introduced us|is booked|loved|liked|invited|returned|
        answered|filled in|gave us|shared|committed|agreed|promised|wants a pilot|wants a demo|wants to see|
        wants to start|said they|said he|said she|told me|told us|mentioned|wrote back|met with|had a call|
        had a meeting|had a demo|had lunch|spoke with|spoke to|talked to|talked with|met|called us|called me|
        called back|emailed|visited us|presented|had coffee|positive|green light|greenlit|happy with|
        started the pilot|started a pilot|completed the|got back to us|got back to me|got a call|got an email|
        got feedback|got confirmation|sent the|sent their|was there|were there|came with|signed up|signed the nda|
        did the demo|ran the workshop|workshop went|call went|meeting went|demo went|went well|went great|
        went badly|said that|saw the demo|tested|passed the|finished the pilot|finished the trial|reviewed the|
        read the|brought|want to meet|asked about|wants to talk|want to talk|proposed a|offered|agreed to|says|
        said|asked|sent|called|spoke|replied to|signalled|thanked|confirmed that|picked a date|set a date|
        acknowledged|interested|got word|heard from|wants to meet|would like to|like the|likes the|reached out|
        responded|opened up|asked for references|have asked|has asked|they asked|are asking for|is asking for|
        want a""",
    Deed.BLOCKER: """wants another|wants a second|wants more|refuses|refused|is blocking|blocks|is stuck|are stuck|
        is blocked|are blocked|has concerns|have concerns|is against|are against|is waiting for|are waiting for|
        waiting on|held up|needs approval|need approval|delayed|is delayed|froze|budget freeze|frozen|insists|
        objected|objects|cant sign|cannot sign|wont sign|will not sign|pushing back|pushed back|has a problem|
        have a problem|on hold|stopped|is on leave|went silent|gone quiet|raised concerns|raised a concern|
        there is a problem|hit a snag|new blocker|before they go on|too expensive|unhappy|complained|complains|
        no budget|cut the budget|does not like|doesnt like|dont like|dont want|doesnt want|still there|is missing|
        got stuck|now blocked|is holding up|holding us up|demands|demanded|wont move|need a security|
        needs a security|is a blocker|legal is|is worried|are worried|questioned|disputes|wants changes|budget is|
        not happy|ghosting us|ran into|waits for|wait for|is unhappy|has issues|have issues|needs legal|stalled on|
        requires""",
    Deed.RESOLVE: """is gone|are gone|is resolved|was resolved|has been resolved|got resolved|is solved|was solved|
        is cleared|cleared|is fixed|unblocked|is off the table|no longer blocks|no longer blocked|
        not blocked anymore|gave their ok|gave its ok|is out of the way|legal is fine|sorted out|has gone away|
        is settled|is no longer|has been solved|has been fixed|resolved|solved|problem went away|
        dropped their objection|is over|has been cleared|got cleared|was cleared|are resolved|signed off on|
        gave the ok|off the table|no longer an issue|no longer a problem|no longer needed|is history|are history|
        out of the way|issue is closed|blocker closed|is sorted""",
    Deed.NEXT_ACTION: """ill|i will|we will|im going to|i am going to|we are going to|were going to|lets|i plan to|
        we should|i should|i have to|i need to|we need to|have to call|going to send|going to call|i promise to|
        i want to|we have to|will send|will call|will prepare|i am calling|im calling|im sending|plan to|
        will follow up|will write|will meet|next step is|next step|will set up|will book|is going to|are going to|
        will do|must call|will talk|will speak|will chase""",
    Deed.DONE: """i sent|i called|i have sent|ive sent|i have called|ive called|i finished|i did|ive done|
        i have done|we sent|we called|i wrote|i emailed|i delivered|weve sent|ive finished|i prepared|i booked|
        i presented|is done|was done|are done|has been sent|has been done|i completed|ive completed|already sent|
        i spoke|i met|done with|finished the|ive booked|ive written|ive emailed|got it done|we delivered|
        we presented|we finished""",
    Deed.SIGNAL: """is hiring|are hiring|is recruiting|are recruiting|looking at a competitor|
        looking at competitors|visited our site|visited our website|visited our pricing|visited the pricing|
        downloaded|announced|raised money|raised a round|raised funding|funding round|funding|acquired|merged|
        merger|layoffs|laid off|opened an office|new office|ipo|is expanding|are expanding|is evaluating|
        are evaluating|evaluates|is comparing|are comparing|is shopping|in the news|job ad|job ads|press release|
        is looking at|are looking at|was on our site|was on our website|looked at our|switched to|switching to|
        is moving to|migrates|migrating|spotted|saw that|noticed|posted a job|posted jobs|registered for|
        signed up for the webinar|read our|restructuring|reorganised|reorganized|is testing|talking to competitors|
        talking to a competitor|goes public|is investing""",
    Deed.CONTACT: """new cfo|new ceo|new cto|new cio|new cmo|new coo|new head|new vp|new director|new champion|
        new contact|left the company|has left|quit|joined as|joins as|took over|takes over|is the new|replaced|
        was replaced|is our new|got promoted|was promoted|new boss|retired|is leaving|resigned|started as|
        starts as|new buyer|is our champion|is the champion|is the economic buyer|is the decision maker|reports to|
        new procurement|is responsible for|is the cfo|is the ceo|is the cto|is the cio|new person|new manager|
        stepped down|was fired there|handed over to|is their new|is their cfo|is their champion""",
    Deed.EDIT: """is worth|owner is|is the owner|new owner is|renamed|rebranded|changed their name|
        changed its name|moved office|has a new name|is called|changed hands|value is|new domain|domain is|
        segment is|close date is|closes in|will close on|close date moved|is worth now""",
    Deed.DECIDE: """we decided|we have decided|weve decided|was decided|has been decided|we agreed to|decision is|
        it was decided""",
    Deed.UPDATE: """nothing moved|no news|no change|nothing new|nothing happened|no update|nothing changed|
        quick update|fyi|heads up|for your information|update|went dark|gone dark|went silent|gone silent|
        no answer|still waiting|radio silence|went quiet""",
    Deed.REVIEW: """review is cancelled|review was cancelled|review was moved|review moved|review is moved|
        review took place""",
}
"""Deeds that a statement tells of, by its words."""

NEWS_OPENERS = """had a|had an|had the|had another|i just|we just|fyi|heads up|good news|bad news|great news|
    quick update|just so you know|for your information|guess what|sad news|big news|finally|breaking|small update|
    btw|by the way|note|for the record|just heard|just spoke|just got|just had|just met|just saw|saw that|
    heard that|news"""

LANGUAGES: dict[str, str] = {
    "German": """wie|wer|wann|warum|welche|welcher|welches|ist|sind|und|der|die|das|nicht|bitte|gibt|haben|hat|mit|
        von|fur|bei|wieviele|viele|offene|naechste|nachste|was|wurde|wird|steht|heute|diese|dieser|woche|konten|
        kunden|wir|ich|uns|noch|kein|keine|zeig|zeige|mir|aufgaben|seit|ohne|letzte|zu|im|am|den|dem|ein|eine|wo|
        auf|aus|uber|es|um|werden|kann|welchen|wieso|weshalb|unsere|meine|morgen|gestern""",
    "French": """quel|quelle|quels|quelles|qui|est|sont|les|des|pour|avec|sans|comment|pourquoi|quand|ou|combien|
        nous|vous|notre|cette|semaine|compte|comptes|bonjour|dans|sur|je|du|le|la|une|un|et|pas|ont|a-t-on|montre|
        moi|quoi|prochaine|derniere|mois|il|elle|au|aux|de|ce|ces|en|y|quest|cest|bloques|va|liste|mes|mon|ma""",
    "Spanish": """que|quien|cuando|cual|cuales|como|esta|estan|por|para|con|sin|los|las|el|cuanto|cuantos|cuantas|
        cuentas|cuenta|semana|nuestro|nuestra|es|son|hay|tenemos|donde|hola|muestra|una|del|responsable|lista|mis|
        y|al|se|ha|han|proxima|ultima|mes|tiene|tienen|la|de|en|un|lo|nos""",
    "Italian": """chi|quando|perche|quali|quale|come|sono|che|con|senza|della|delle|dei|gli|il|lo|per|questa|
        settimana|conto|clienti|cosa|dove|quanto|quanti|segue|abbiamo|ciao|nostro|nostri|di|nel|sta|va|e|un|una|la|
        i|le|non|ha|hanno|mostrami|prossima|ultima|del|da|al|si""",
    "Dutch": """wie|wat|wanneer|waarom|welke|hoe|zijn|het|een|de|niet|met|voor|zonder|bij|van|deze|week|onze|
        klanten|gaat|staat|hebben|heeft|naar|wij|ik|ons|nog|geen|toon|laat|volgende|laatste|er|op|en|te|worden|is|
        in|waar|hoeveel|hallo|mijn|wordt|aan""",
    "Portuguese": """quem|quando|quais|qual|como|esta|estao|por|para|com|sem|os|as|contas|conta|semana|nosso|nossa|
        onde|quantos|quantas|sao|ha|temos|ola|uma|dos|das|nao|paradas|e|do|da|no|na|o|que|tem|mostre|minhas|meus|
        proxima|ultima|mes|um|de|se""",
    "Polish": """kto|kiedy|dlaczego|jaki|jaka|jakie|ktore|jak|jest|sa|nie|dla|bez|tym|tydzien|klienci|konta|gdzie|
        ile|czy|mamy|dzien|dobry|nasze|nasz|pokaz|sie|na|w|z|co|do|od|po|ma|maja|moje|ostatni|nastepny|tego|miesiac""",
    "Swedish": """vem|vilka|vilken|hur|ar|och|inte|med|utan|for|den|det|pa|kunder|konto|konton|vecka|varfor|nar|
        har|var|hej|visa|vi|vad|gar|till|av|som|en|ett|i|denna|nasta|senaste|hvordan|hvem|hvornar|hvorfor|hva|hvad|
        og|ikke|er|vores|vart|vara|mina|min|manad|jag|fran|finns|alla""",
    "Danish": """hvordan|hvem|hvornar|hvorfor|hvad|hvilke|det|er|og|ikke|med|gar|vores|uden|til|kunder|denne|uge|
        jeg|vi|der|har|pa|af""",
    "Turkish": "kim|nasil|neden|hangi|bu|hafta|icin|ile|ve|bir|degil|musteri|hesap|ne|zaman|nerede|kac|var|yok",
    "Finnish": "kuka|milloin|miksi|mika|mitka|miten|onko|ovat|ja|ei|tama|viikko|asiakas|missa|kuinka|meidan|ilman|on",
    "Czech": "kdo|kdy|proc|jak|jaky|ktere|je|jsou|neni|pro|bez|tento|tyden|kde|kolik|mame|nas|nase|dnes",
}
"""Function words of other languages, without accents; English ones among them count for English."""
