"""Words for the kinds of signals."""

from agendas.facts.signals import SignalKind

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
