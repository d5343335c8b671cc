"""Words of work: who owns it, what somebody owes, what is due or late, and the words of titles."""

from assistant.reading.vocabulary.cues import Cue

WORK: dict[Cue, str] = {
    Cue.TITLE: """renewal|contract(s)|workshop(s)|pricing|demo(s)|pilot|legal|security|discount(s)|nda|dpa|msa|
        gdpr|rfp|poc|roi|sow|intro|onboarding|integration|implementation|training|compliance|infosec|privacy|
        liability|terms|payment|invoice|licence|license|reference|case study|questionnaire|roadmap|migration|audit|
        tender|offer|quote|deck|slides|kickoff|kick off|trial|coo|ceo|cfo|cto|cio|cmo|cro|vp|director|
        proof of concept|security review|legal review|security questionnaire|redlines|paperwork|signature|approval|
        price list|prices|procurement portal|board|architecture|data room|business case|mutual plan|success plan|
        kickoff call|steering committee|qbr|lunch|dinner|visit plan|site tour|model|draft|
        head of it|it manager|it director|it department|it lead|it team""",
    Cue.OWN: """would i ask|would i ask about|can i ask about|could i ask|would you ask about|should we ask about|
        do we ask about|own(s)|owned|owning|looks after|look after|looked after|looking after|handle(s)|handling|
        in charge of|in charge|responsible for|responsible|manage(s)|managed|managing|cover(s)|covering|covered by|
        taking care of|take care of|takes care of|lead(s)|leading|running it|runs it|run by|accountable|
        assigned to|sits with|belongs to|belong to|working on it|works on|work on|working on|works the|carries|
        handled by|managed by|led by|owned by|serves|hold the relationship|holds the relationship|account of|
        has the account|hold|in the hands of|on it|drives|driving|is on|are on|with us on|caring for|cares for|
        accountable for|take(s) the lead|in the driving seat|talk to internally|go to person|person to ask|
        speak to internally|ask internally|talk to on our side|responsibility|responsibilities|responsable|
        belonging to|run|runs|look(s) after|do i contact|should i contact|do i ask|should i ask|do i talk to|
        should i talk to|can i talk to|to talk to about|do i speak to|should i speak to|do i go to|
        is the contact for|should i go to|under my name|under my wing|on my watch|in my care|my responsibility|
        under the name of|in the care of|on the watch of|minding|minds|mind|babysits|babysitting|shepherds|
        shepherding|steers|steering|drives this|heads|heading|heads up|fronts|fronting|holds|holding|owner is|
        owns it|own it|on the case|is the lead|is lead|the face of|in the lead|go to|main person|takes it|has it|
        works this account|works that account|sells to|selling to|the seller|who sells|got it|got that one|
        got this one|has got it|to ask about|should one ask|to go to about|to contact about|to turn to|
        do i turn to|should i turn to|running point|point on|one of us handles""",
    Cue.OWE: """say i would do|said i would do|say id do|said id do|say i will do|said i will do|
        said i was going to do|are on my list|is on my list|owe(s)|owed|owing|on the hook|on the hook for|plate|
        have to do|has to do|
        need to do|needs to do|
        must do|got to do|gotta do|supposed to do|should do|to get done|to deliver|promised|promise to|on my list|
        have to deliver|must deliver|committed to|commit to|assigned|down for|obliged|expected of|expected from|
        left to do for|still got to do|work have|have to finish|must finish|need to finish|needs to finish|
        has to finish|in my queue|in my court|in my hands|on my desk|up to me|pledged|undertake|undertaken|
        agreed to do|signed up for|on my to do|need to get done|want me to do|am i doing|to be doing|
        working through|to tackle|should be doing|should i be doing|tasked with|i need to do|should work on|
        must i do|must do next|on the agenda for me|waiting on me to do|have to get done|in my backlog|
        on my backlog|backlog|whats next for me|whats on my list|has got to do|have got to do|got to get done|
        due for me|due from me|desk|desks|plates|whose plate|on whose desk|on whose plate|in whose court|
        on the list for|am i meant to|am i supposed to|i am meant to|i am supposed to|im supposed to|im meant to|
        meant to deliver|supposed to deliver|expected to deliver|meant to send|has the ball|got the ball|
        have the ball|ball is with|on my hands|i still need to|i still have to|do i still need to|still have to do|
        still needs to do|still need to do|waiting for me to do|on my agenda|in my pipeline of work|
        to take care of|should deliver|need to deliver|needs to deliver|left for me|on my shoulders|on our plate|
        my responsibility to do|am i behind on|am i working on|im working on|i am working on|do i need to|
        do i have to|must i|should i do|sitting on|is sitting on|are sitting on|lined up|got lined up|
        have lined up|has lined up|busy with|working on next|on their plate|on her plate|on his plate|
        in their queue|in her queue|in his queue|on the to do list of|signed up to|volunteered for|volunteered to|
        obligated to""",
    Cue.DUE: """due|due date|deadline(s)|falling due|fall due|falls due|come due|comes due|coming due|expire(s)|
        to be done|should be done|must be done|has to be done|have to be done|needs to be done|need to be done|
        needs doing|get done by|supposed to be done|coming up|be finished|should be finished|scheduled for|
        on the calendar|due on|due by|is due|expected|have to be finished|must be finished|meant to be done|
        want done|on for|be ready|ready""",
    Cue.OVERDUE: """did i miss a deadline|did i miss any deadline(s)|did i miss a date|overdue|late|past due|
        behind schedule|past the deadline|past its date|past their date|missed deadline(s)|missed their deadline|
        should have been done|should be done already|delinquent|lapsed|past deadline|tardy|too late|over due|
        running late|past their due date|missed its deadline|past its due date|past their deadline|not done in time|
        not done on time|beyond the deadline|expired|in arrears|should have finished|missed the deadline|
        over the deadline|belated|behind with|behind on|is behind|come and gone|has passed|have passed|gone by|
        whose date has passed|been missed|missed|not completed in time|not finished in time|not completed on time|
        not finished on time|not delivered on time|not done by the deadline|not met|not made in time|
        not been done in time|not been completed in time|past their close date|past its close date|past close date|
        past the close date|past their closing date|past closing date|close date has passed|close date passed|
        close date is past|close date in the past|closing date has passed|closing date in the past|
        beyond their close date|past their day|past its day|past deadlines|blown deadline(s)|blew the deadline|
        blown its deadline|blown their deadline|slipped past|should be done by now|should be finished by now|
        was due already|were due already|ought to be done already|should have happened|should have closed|overrun|
        over time|out of time|behind time|not on time|late with|late on|in default|past the due date|past due date|
        weeks late|days late|long overdue|due in the past|gone past|gone over|gone past its date|
        gone past their date|gone past its day|past its sell by|most overdue""",
    Cue.ASKED: """asked|asking of me|asking of|asked of|ask of me|ask of|asking for|asked for|asked to|
        waiting for my answer|want from me|wants from me|want of me|asks of me|needed of me|waits for my answer|
        my answer|need my answer|wait for my answer|answer of mine|waiting for an answer|owe an answer|
        owes an answer|has to answer|have to answer|needs to answer|need to answer|should answer|must answer|
        still has to answer|waiting for an answer from|needed from me|need from me|needs from me|waiting on me|
        waiting for me|wait for me|waits for me|expect from me|expected from me|expects from me|ask me for|
        asked me for|asking me for|require from me|required from me|did we ask|we ask|we asked|have we asked|
        are we asking|we are asking|ask from|asked from|did we ask for""",
    Cue.DOING: """chasing|nudge|nudges|nudging|chasing up|push for|writes up|handing over|
        drives forward|send|sends|sent|
        sending|call|calls|called|calling|prepare(s)|prepared|preparing|write|writes|book|books|booked|arrange(s)|
        arranged|organise|organised|organize|organized|email|emails|ring|phone|phones|draft|drafts|drafted|set up|
        invite(s)|invited|schedule|schedules|chase|chases|chased|follow up with|followed up|answer|collect|
        check(s)|checked|create(s)|created|build|builds|built|present(s)|presented|hand over|pay|order|submit|
        submits|submitted|upload|introduce|introduced|visit the|talk through with|get back to|handed over|
        worked on|host the|dealing|tackling|picks up|pick up|sort out|sorts out|help with|helps with|picked up|
        taken on|has taken on|took over|taken over|bug|pester|nag|remind|chase up|typing""",
}
