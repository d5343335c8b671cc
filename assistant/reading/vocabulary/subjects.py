"""Nouns that name what is asked for."""

from assistant.query import Subject

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
