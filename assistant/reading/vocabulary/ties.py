"""Words that tie the others together, or stand on what was said before."""

from assistant.reading.vocabulary.cues import Cue

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
