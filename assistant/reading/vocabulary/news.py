"""Phrases of news, by the deeds that they tell of, and words that news begin with."""

from assistant.remark import Deed

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
        have signed|stepped up|turned us down|rejected us|terminated|a customer now|is a customer|
        officially a customer|contract in hand|weve moved|we moved|has been moved|is now mqa|chosen us|
        has chosen us|won it|closed it|renews|renewal is signed|for another year|signed the contract|
        signed contract|signed the order|signed for|arrived signed|order came in|contract came in|
        contract came back|got the po|got the contract|purchase order|bought our|buys|extended for|expands|extends|
        are now|is now|moved on to|moved back to|moved down to|turned into|became an|now a customer|
        are now a customer|left us|leaving us|switched away|cancelled|terminated the contract|ended the contract|
        did not renew|wont renew|will not renew|is not renewing|reached opportunity|is qualified|qualified|
        converted|has converted|we have a deal|went through|moved nordhavn into|into aware|into engaged|
        into opportunity|to opportunity|to engaged|to aware|to mqa""",
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
        want a|signed|signed the order|passed|wants a quote|wants an offer|wants a proposal|wants pricing|
        want a quote|want a proposal|want pricing|wants a call|want a call|wants references|good call|great call|
        good meeting|great meeting|nice call|had a good|had a great|had a nice|opened their budget|
        opened the budget|freed budget|has budget|got budget|budget approved|approved the budget|was in the demo|
        liked it|loved it|loved the|enjoyed|praised|recommended us|recommended|shortlisted|short listed|
        on the shortlist|in the final|their favourite|preferred vendor|chose us|picked us|is keen|are keen|
        very keen|excited|enthusiastic|impressed|convinced|open to|took part|joined|were at|was at|came over|
        stopped by|came by|visited the booth|came to our booth|downloaded and asked|booked a|scheduled a|
        put us in touch|connected us|introduced me|handed us|sent over|sent in|submitted|returned the|filled out|
        named a date|gave a date|gave feedback|shared their|told|wants us|want us|invited us|rang back|rang|
        got through to|reached|had a chat|chatted with|had dinner|had breakfast|had a workshop|held a workshop|
        workshop with|did a workshop|did a demo|gave a demo|showed them|walked them through|signed off""",
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
        requires|wont accept|will not accept|cant accept|does not accept|doesnt accept|dont accept|rejected our|
        rejects|sitting on|is sitting on|on hold until|put the project on hold|project on hold|wants to cancel|
        want to cancel|has questions|have questions|still has questions|still have questions|questions on the|
        questions about the|paused the|postponed|no reply|no answer|not answering|not answer|went cold|went dark|
        gone dark|gone cold|went quiet|going quiet|isnt responding|not responding|arent responding|no response|
        short of budget|out of budget|no money|cant decide|undecided|push back|needs more time|need more time|
        worried about|doubts|wants a discount|asks for a discount|want a discount|asking for a discount|
        wants a lower price|price is too high|too high|lost interest|not interested|stalling|is stalling|
        are stalling|does not want|wont sign off|not sign|wont approve|vetoed|veto|blocked by|blocked us|blocks us|
        stuck in|stuck at|stuck with|stuck because|stuck on|slowed down|slowing|lawsuit|insolvent|bankrupt|crisis|
        audit|deadline missed|missing a|lacks|lack|no champion|lost our champion|liability|wants to wait|
        want to wait|waiting until|not before|not until|until next year|until spring|until january|next year only|
        cancelled the meeting|cancelled the call|cancelled on us|didnt show|did not show|no show|needs a|need a|
        needs an|need an|has an issue|have an issue|issue with|problem with|trouble with|unanswered|delay|delays|
        pushed the|pushed it|moved the start|complaint|escalated|angry|annoyed|dissatisfied|not convinced""",
    Deed.RESOLVE: """is gone|are gone|is resolved|was resolved|has been resolved|got resolved|is solved|was solved|
        is cleared|cleared|is fixed|unblocked|is off the table|no longer blocks|no longer blocked|
        not blocked anymore|gave their ok|gave its ok|is out of the way|legal is fine|sorted out|has gone away|
        is settled|is no longer|has been solved|has been fixed|resolved|solved|problem went away|
        dropped their objection|is over|has been cleared|got cleared|was cleared|are resolved|signed off on|
        gave the ok|off the table|no longer an issue|no longer a problem|no longer needed|is history|are history|
        out of the way|issue is closed|blocker closed|is sorted|got lifted|was lifted|is lifted|been lifted|
        off the hook|no longer need|passed|settled|went through|came through|cleared legal|cleared by|dpa signed|
        dpa is signed|approved|has approved|have approved|got approval|gave approval|is approved|was approved|
        are fine with|is fine with|fine now|is ok now|is okay now|ok with|okay with|got sorted|all clear|
        cleared up|agreed to the terms|accepted our|accepted the|accepts our|accepts the|is done|not an issue|
        no issue anymore|no problem anymore|isnt an issue|isnt a problem|is out of|waived|withdrew|withdrawn|
        has been lifted|found budget|budget is back|budget is approved|got the budget|green light|greenlit|
        gave the green light|gave green light|gave us the green light|signed off""",
    Deed.NEXT_ACTION: """ill|i will|we will|im going to|i am going to|we are going to|were going to|lets|i plan to|
        we should|i should|i have to|i need to|we need to|have to call|going to send|going to call|i promise to|
        i want to|we have to|will send|will call|will prepare|i am calling|im calling|im sending|plan to|
        will follow up|will write|will meet|next step is|next step|will set up|will book|is going to|are going to|
        will do|must call|will talk|will speak|will chase|im meeting|i am meeting|were meeting|we are meeting|
        meeting with them|im seeing|im visiting|ill be|i'll be|we'll be|they'll|will visit|will deliver|will get|
        will come back|will answer|will reply|will check|will ask|will have|going to|meeting is on|call is on|
        demo is on|is on monday|is on tuesday|is on wednesday|is on thursday|is on friday|needs to send|
        need to send|need to call|need to chase|needs to call|must send|must chase|must prepare|should send|
        should call|should chase|have to send|have to chase|have to prepare|follow up with|promised them|
        promised to send|i promised|we promised|i owe|we owe|wants a quote by|want a quote by|wants it by|
        want it by|they need|she needs|he needs|expects|expecting|wants to see""",
    Deed.DONE: """i sent|i called|i have sent|ive sent|i have called|ive called|i finished|i did|ive done|
        i have done|we sent|we called|i wrote|i emailed|i delivered|weve sent|ive finished|i prepared|i booked|
        i presented|is done|was done|are done|has been sent|has been done|i completed|ive completed|already sent|
        i spoke|i met|done with|finished the|ive booked|ive written|ive emailed|got it done|we delivered|
        we presented|we finished|passed|ive approved|i have approved|i approved|have approved|delivered|
        is finished|was finished|has been finished|is completed|was completed|is complete|has been completed|
        is delivered|went out|has gone out|is out|sent out|sent them|sent over|sent it|sent him|sent her|sent the|
        just sent|called|emailed|wrote to|rang|finished|wrapped up|got it out|completed the|all done|done now|
        done and dusted|i chased|ive chased|i followed up|ive followed up|we held|i held|ive prepared|
        ive delivered|ive updated|i updated|ive handed|handed over|handed them|signed off""",
    Deed.SIGNAL: """is hiring|are hiring|is recruiting|are recruiting|looking at a competitor|
        looking at competitors|visited our site|visited our website|visited our pricing|visited the pricing|
        downloaded|announced|raised money|raised a round|raised funding|funding round|funding|acquired|merged|
        merger|layoffs|laid off|opened an office|new office|ipo|is expanding|are expanding|is evaluating|
        are evaluating|evaluates|is comparing|are comparing|is shopping|in the news|job ad|job ads|press release|
        is looking at|are looking at|was on our site|was on our website|looked at our|switched to|switching to|
        is moving to|migrates|migrating|spotted|saw that|noticed|posted a job|posted jobs|registered for|
        signed up for the webinar|read our|restructuring|reorganised|reorganized|is testing|talking to competitors|
        talking to a competitor|goes public|is investing|raised a series|series a|series b|series c|raised a|
        sold to|been sold|is being sold|bought by|acquired by|was acquired|got acquired|taken over|takeover|
        job posting|job postings|posted|posting|vacancy|vacancies|visited our|visited the|keep reading|
        keeps reading|keep visiting|keeps visiting|reading our|reading the|on our pricing|on our site|
        on our website|on our page|clicked|opened our mail|opened our email|opened the mail|opened our newsletter|
        registered|signed up for|subscribed|attended our webinar|webinar|searching for|is researching|
        are researching|researching|rfp|tender|opens an office|opening an office|opened a plant|new plant|new site|
        new factory|new product|launched|launches|expanding into|expands into|moves to|moved to the cloud|
        replaced their|replacing their|new erp|new crm|new software|rolled out|rolling out|usage is up|
        usage is down|usage went|usage dropped|logins|logged in|log in|hired|hires|cuts jobs|cutting jobs|cut jobs|
        in talks with|talking to a rival|looking at a rival|profit|profits|results|record year|strike|moved office|
        new ceo|new cfo|new cto|new cio""",
    Deed.CONTACT: """new cfo|new ceo|new cto|new cio|new cmo|new coo|new head|new vp|new director|new champion|
        new contact|left the company|has left|quit|joined as|joins as|took over|takes over|is the new|replaced|
        was replaced|is our new|got promoted|was promoted|new boss|retired|is leaving|resigned|started as|
        starts as|new buyer|is our champion|is the champion|is the economic buyer|is the decision maker|reports to|
        new procurement|is responsible for|is the cfo|is the ceo|is the cto|is the cio|new person|new manager|
        stepped down|was fired there|handed over to|is their new|is their cfo|is their champion|hired a new|
        hired a|has a new|have a new|now has a new|got a new|appointed|named as|joined|joins|left|leaves|
        going on leave|maternity leave|parental leave|on leave|is gone|went to|moved to another|is out|is back|
        the new|will replace|replaces|replaced by|is now their|is now our|is now the|got fired|was fired|
        was let go|passed away|changed jobs|new job|switched jobs|moved teams|is in charge|is our contact|
        our new contact|our contact|main contact|is their|is our|her name is|his name is|is named|was named|
        works in|runs the|heads the|heads up the|leads the""",
    Deed.EDIT: """is worth|owner is|is the owner|new owner is|renamed|rebranded|changed their name|
        changed its name|moved office|has a new name|is called|changed hands|value is|new domain|domain is|
        segment is|close date is|closes in|will close on|close date moved|is worth now|is now|value is now|
        now worth|worth|moved to april|moved to january|moved to february|moved to march|moved to may|
        moved to june|moved to july|moved to december|closes on|closing on|new address|new website|website is|
        their website|merged with|is part of|belongs to|owner changed|i own|i took over|took over the account|
        i have taken over|ive taken over|handed to|taken over by|is in the|are in the""",
    Deed.DECIDE: """we decided|we have decided|weve decided|was decided|has been decided|we agreed to|decision is|
        it was decided|decided to|we keep|were keeping|have approved|i have approved|i approved|ive approved|
        approved the discount|agreed to pause|we pause|were pausing|we agreed|leadership decided|board decided|
        management decided""",
    Deed.UPDATE: """nothing moved|no news|no change|nothing new|nothing happened|no update|nothing changed|
        quick update|fyi|heads up|for your information|update|went dark|gone dark|went silent|gone silent|
        no answer|still waiting|radio silence|went quiet|went cold|no reply|no response|no movement|still nothing|
        still no|nothing to report|nothing else|same as last|as before|unchanged|all quiet|busy with|moved|
        nothing really""",
    Deed.REVIEW: """review is cancelled|review was cancelled|review was moved|review moved|review is moved|
        review took place|was cancelled|is cancelled|got cancelled|has been cancelled|review got|review has been|
        review is off|review took|meeting was cancelled|meeting is cancelled|meeting moved|review was postponed|
        was postponed|is postponed""",
}
"""Deeds that a statement tells of, by its words."""

NEWS_OPENERS = """had a|had an|had the|had another|i just|we just|fyi|heads up|good news|bad news|great news|
    quick update|just so you know|for your information|guess what|sad news|big news|finally|breaking|small update|
    btw|by the way|note|for the record|just heard|just spoke|just got|just had|just met|just saw|saw that|
    heard that|news|nothing new|no news|nothing changed|nothing happened|nothing to report|no change|no update|
    no movement|still no movement|still nothing|still no news|still no reply|no reply|no answer|nothing moved|
    quick note|short update|note that|just to let you know|so you know|wanted to let you know|just a heads up|
    little update|some news|small news|small win|big win|win|great stuff|hooray|yay|may i tell you|i can report|
    i can confirm|i have news|ive news|ive got news|we have news|happy to say|happy to report|sorry to say|
    sad to say|pleased to say|unfortunately|sadly|luckily|apparently|turns out|looks like|seems like|it seems|
    rumour has it|word is|as of today|as of now|confirmed|done"""
