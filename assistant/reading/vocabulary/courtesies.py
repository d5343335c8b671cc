"""Courtesies around a question, and words that tell why it is asked."""

OPENERS = """sorry to bother you|sorry to bother you but|sorry to bother|sorry to bother but|sorry to disturb|
    sorry to disturb you but|apologies for asking but|apologies but|hate to ask but|i hate to ask but|
    hate to nag but|sorry to nag but|sorry to ask but|sorry for asking but|not urgent but|no rush but|no hurry but|
    no pressure but|not a big deal but|when you have a sec|when you have a second|when you have a moment|
    when you have a minute|when you have a min|when you have time|when you get a sec|when you get a second|
    when you get a moment|when you get a minute|when you get a chance|when you get the chance|when you can|
    whenever you can|whenever you have a moment|whenever you get a chance|whenever you have time|
    once you have a minute|if you have a sec|if you have a second|if you have a moment|if you have a minute|
    if you get a chance|if you dont mind|if you do not mind|if i may|if i may ask|if possible|hope you are well|
    hope youre well|hope all is well|hope this finds you well|one more thing|one more question|one last thing|
    last question|may i ask|might i ask|can i ask|could i ask|can i just ask|let me ask|let me ask you|
    i have a question|ive a question|ive got a question|got a question|have a question|i had a question|
    just a quick question|just a question|a quick one|quick one|just a quick one|just quickly|real quick|
    out of curiosity|just out of curiosity|just curious|im just curious|im curious|to be honest|for context|
    stupid question but|silly question but|dumb question but|quick question but|this may be a silly question but|
    this might be a silly question but|might be a silly question but|maybe a silly question but|
    i know its late but|i know i should know this but|i should know this but|i know you told me but|
    you told me already but|help me out|could you help me out|can you help me out|remind me again|
    not sure if you know but|not sure you know but|not sure you can but|not sure if this is the right place but|
    not sure if i can ask this but|not sure whether you know but|i dont know if you know but|
    i dont know if you can tell but|maybe you know|perhaps you know|you might know|id appreciate it if you told me|
    i would be grateful if you told me|be so kind as to tell me|would you be so kind as to tell me|
    be so kind and tell me|please be so kind as to tell me|would you mind telling me|do you mind telling me|
    would you kindly tell me|can you kindly tell me|grateful if you could tell me|
    id be grateful if you could tell me|id appreciate knowing|id love to know|i would love to know|
    im trying to find out|trying to find out|im trying to work out|trying to work out|trying to figure out|
    im trying to figure out|trying to understand|i forgot|i forget|i cant remember|cant remember|dont remember|
    i dont remember|i have forgotten|ive forgotten|i keep forgetting"""
"""Words before a question that are left out wherever they begin one."""

CLOSERS = """if i may ask|if i may|if i might ask|if you dont mind|if you do not mind|if you dont mind me asking|
    if you can|if you could|if you would|if you please|if you know|if you have it|if you have that|
    if you have them|if you happen to know|if you have a moment|if you have a sec|if you have a minute|
    if you get a moment|if you get a chance|if u can|if u dont mind|if thats ok|if thats okay|if thats alright|
    if thats possible|if that is ok|if that is possible|if its possible|if it is possible|
    if its not too much trouble|if its not too much|if its no trouble|if its easy|if possible|if poss|when you can|
    when you get a chance|when you have a sec|when you have a moment|when you have a minute|when you have time|
    when you get a sec|when you get a moment|thanks in advance|thank you in advance|thx in advance|
    many thanks in advance|please and thank you|pls and thank you|pls and ta|off the top of your head|
    for the record|in your view|in your opinion|by any chance|as things stand|as it stands|as we stand|
    at this point|at this stage of things|at this moment in time|at the mo|at your earliest convenience|
    at your convenience|as far as you can tell|as far as you can see|as far as you are aware|to your knowledge|
    boss is asking|my boss is asking|the boss is asking|boss asks|my boss asks|my boss wants to know|
    boss wants to know|the boss wants to know|the ceo is asking|the ceo asks|ceo asks|ceo is asking|
    the cfo is asking|the cfo asks|they are asking|people are asking|much appreciated|would be appreciated|
    would be great|that would be great|would be helpful|that would help|would help|to be honest|tbh|so to speak|
    just curious|just wondering|just asking|just checking|just to be sure|to be sure|just to check|just so i know|
    so i know|so that i know|asking for a friend|out of curiosity|please advise|pls advise|kindly advise|
    please let me know|pls let me know|let me know|i forgot|i forget|i cant remember|cant remember|i cant recall|
    need it for a call|need this for a call|i need it for a call|need it for a meeting|need this for a meeting|
    need it for the board|need it asap|need this asap|i need it for a meeting|need it for my call|
    need it for my report|need to know asap|need to know now|its urgent|this is urgent|no rush|no hurry|
    take your time|in a hurry|im in a hurry|im in a meeting|im in a call|im on a call|im on my way to a meeting|
    before my call|before my meeting|before i call them|before i go in|before i ring them|old chap|old boy|
    my friend|my dear|love|pal|chap"""
"""Words after a question that are left out wherever they end one."""

ASIDES = """do we know|do you know|do you happen to know|you know|does anybody know|does anyone know|anybody know|
    anyone know|any idea|any ideas|any clue|any thoughts|remind me|tell me|can you tell me|could you tell me|
    can you say|can you check|could you check|can you look|could you look|please check|pls check|would you say|
    do you think|i wonder|i was wondering|im wondering|as i said|like i said|as you know|you see|mind you|
    for my call|for my meeting|for my boss|for my report|for my deck|for my notes|for my one on one|for the deck|
    for the board|for the board pack|for the board meeting|for the meeting|for the report|for a call|for a meeting|
    for a report|for a slide|for my slides|for context|sorry|if any|if at all|mate|bot|buddy|folks|guys|
    again please"""
"""Words after a question that are left out where a mark parts them from it."""

BEFORE_COLON = "question|q|query|ask|qq|quickie"
"""Words of a clause before a colon, comma or dash that says only that a question comes."""

TOPIC = """about regarding concerning on re for at of who whose what which when where why how is are does did has have
    do can will"""
"""Words by which such a clause says more than that."""
