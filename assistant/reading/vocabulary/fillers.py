"""Words without a meaning of their own in a question."""

FILLERS = """still worth it|worth it|worth the effort|
    thinking|we thinking|terms|in writing|live|lives|belong|rated|exact|the exact|precise|precisely who|
    heard|expecting|we expecting|telling|we telling|falls under|fall under|per year|a year|per annum|euros|dollars|
    vouches|took|y/n|yes/no|yes or no|true or false|bits of|for long|long|a long time|fine|ok with|alright|ever|
    all right|for me|for us|taken|in play|deal wise|paired|paired with|marked as|marked|listed as|registered as|
    ring a bell|if anyone|if anybody|so kind as to|be so kind|showed|showing|shown|expect|expects|hope|hoping|
    hopefully|reckon|anticipate|foresee|likely|in two sentences|in a few words|in one sentence|two sentences|
    one liner|in three lines|carry|told|told me|understood|again please|in this program|in the program|program|
    business|new business|riding|riding on|tied up|i.e|ie|single|real|proper|actual|formal|valid|so to speak|
    at stake|wants|came|covered|wanted|really have|sitting|sat|been sitting|stay|stayed|staying|remain|remained|
    spent|spending|supposed to|came in|come in|early|supposed|meant to|expected to|planned to|going to|about to|
    sits|sit|away|out of office|a|an|the|please|pls|plz|kindly|well|so|um|uh|hmm|like|really|quite|very|quickly|
    quick|maybe|perhaps|possibly|basically|honestly|btw|by the way|fyi|can you|could you|would you|will you|can u|
    could u|can i|could i|may i|could we|can we|do you know|do you have|any idea|any chance|i wonder|wondering|
    im wondering|i was wondering|was wondering|id like to know|i would like to know|i want to know|i need to know|
    could you please|can you please|would you mind|if you can|if possible|mind|cadence|bot|hey bot|dear|mate|folks|
    guys|buddy|remind me|could you remind me|even|though|anyway|sth|smth|stuff|kind of|sort of|a bit|bit|little|
    lot|lots|a lot|lots of|far|up to now|until now|to date|as well|too|then|again|still|yet|already|exactly|
    precisely|roughly|about|approximately|in total of|our|us|we|you|your|u|people of ours|in|on|at|of|for|to|from|
    by|with|and|or|as|into|onto|over|up|down|out|off|via|s|re|is|are|was|were|be|been|being|do|does|did|has|have|
    had|having|will|would|can|could|should|shall|may|might|must|got|get|gets|getting|gotten|it|its|there|this|that|
    these|those|thing|things|one|ones|some|any|other|such|own|which|what|who|whom|when|where|how|if|whether|but|
    because|while|than|not|no|right|ok|okay|hey|hi|hello|oh|ah|eh|yo|yeah|mm|sir|everyone|all|both|each|every|
    whole|entire|going|doing|looking|look|see|know|known|tell|show|give|let|me|my|i|need|want|think|guess|believe|
    say|mean|meant|put|made|make|makes|making|take|takes|come|comes|go|goes|went|gone|done|together|also|just|only|
    currently|now|today s|actually|literally|generally|usually|normally|specifically|particularly|especially|
    certainly|definitely|probably|apparently|supposedly|meanwhile|recorded|on file|on record|registered|stored|
    noted down|in our system|in the system|in the tool|in the history|in the database|according to you|
    according to the history|as far as we know|as far as you know|that you know of|for now|in place|in there|
    in here|at all|whatsoever|anywhere|somewhere|somehow|someone|somebody|something|anyone|anybody|everybody|
    everything|anything|nobody|nothing|until|till|since|before|after|during|through|between|within|per|against|
    towards|toward|upon|off of|out of|across|along|among|around|behind|whats|hows|whos|wheres|whens|whys|theres|
    heres|thats|lets|im|ive|id|ill|youre|youve|theyre|theyve|weve|dont|doesnt|didnt|isnt|arent|wasnt|werent|hasnt|
    havent|hadnt|wont|wouldnt|cant|cannot|couldnt|shouldnt|account|accounts|company|companies|list|full list|
    current list|board meeting|ten minutes|in a meeting|my boss|the boss|the board|boss asks|asking|ask you|ask|
    asks|question|quick question|question for you|one question|another question|curious|sorry to bother|
    for my boss|for the board|for the meeting|for my call|before my call|before i call them|before the call|
    before the meeting|before i ring them|i need it for|it says|i think|i guess|i believe|i suppose|i assume|
    assume|assuming|if any|if there are any|if there is one|if at all|lemme|gonna|wanna|gotta|kinda|sorta|y'know|
    ya know|eg|etc|and so on|thing is|the thing is|long story short|short|shortly|brief|briefly|in short|in brief|
    simply|simple|plain|plainly|in a nutshell|in one line|one line|in a word|in a sentence|in two words|real quick|
    super quick|asap|now please|thank|recall|remember|as we speak|these days|nowadays|at the minute|bloody|damn|
    hell|the hell|on earth|wtf|lol|haha|omg|stand at|figure|figures|number|numbers|how about|what about|
    and what about|and how about|involved|concerned|relevant|given|certain|particular|specific|various|several|few|
    many|much|lately|recently|thus far|by any chance|in particular|in general|in fact|overall|work|works|working|
    use|used|else|more|most|different|way|ways|side|part|parts|point|points|place|places|situation wise|wise|
    minutes|second|seconds|minute|moment|sec|30 second|boss|somebody s|end up|ended up|at a glance|collected|gathered|
    turned out|turn out|
    happen to|happens to|appear to|appears to|seem|seems|seemed|seem to|seems to|on the ground|of late|speaks for|
    speaks|spokesperson|way into|way in|inside|the heck|heck|in the world|dates of|the dates of|across the board|
        descending|desc|
        come back|got back|
        on holiday|on vacation|on leave|on parental leave|off sick|on pto|
    seriously|honestly now|for crying out loud|for the record|pray|if you would|if you please|if you dont mind|
    when you have a moment|when you get a chance|when you have a minute|as a list|in a list|as bullets|in bullets|
    as a table|in a table|with names|by name|with dates|with their dates|with details|with the owner|with the owners|
        with their owners|in full|one by one|
    if thats ok|thanks in advance|many thanks in advance|cheers in advance|much appreciated in advance|
    kind regards|best regards|regards|br|vg|my friend|pal|dude|bro|man|honey|love|chap|old boy|old chap|team|
    guys and gals|u know|ya|innit|aye|lad|lass"""
"""They are used up where nothing else claims them."""
