/// The English words that the grammar of a wish knows; the notation is that of `RussianWords`.
enum EnglishWords {
  static let table = """
    agent: operator operators operater oprator agent agents agnet agnt representative \
    representatives rep reps representant manager managers mgr supervisor supervisors consultant \
    consultants advisor adviser advisors specialist specialists csr moderator moderators mod mods \
    admin administrator attendant clerk receptionist employee employees associate assistant \
    assistants executive gm teller sysop csa helper staffer
    agent plural: operators agents representatives reps managers supervisors consultants advisors \
    specialists moderators mods employees assistants
    human: human humans hooman hoomans humon humn hman person persons persn people ppl peoples \
    individual guy lady dude persona body
    human plural: humans hoomans people ppl
    alive: live real actual alive genuine flesh nonbot
    support: support helpdesk
    staff: staff team teams department dept boss boss engineer engineers developer developers dev \
    devs doctor nurse lawyer technician technicians tech expert experts sales billing colleague \
    colleagues professional professionals officer owner management reception desk line tier \
    pharmacist dispatcher concierge librarian accountant director hr
    someone: someone somebody anyone anybody someones sombody smb smbd sumi somei someon sumone smn anyi \
    whoever whomever everyone sb
    bot: bot bots robot robots chatbot chatbots machine machines ai computer computers automation \
    automated program autoresponder gpt chatgpt ivr clanker

    call imperative: connect conect transfer tranfer trasfer forward redirect reroute route escalate \
    summon patch page ping pass hand direct summons hook dial swap loop involve fetch
    call: call connecting connected connection connects transferring transfering transferred transfered \
    forwarding redirected escalating escalated escalation switch switched switching send put \
    handover handoff handed takeover hold access transfer reach
    handOn: transfer connect escalate
    give imperative: give gimme get giv getting gets gimmie bring fetch put find
    talk: talk talking tlk tlak speak speaking spek sepak speek speack chat chatting chating contact \
    contacting cntact contat reach reaching communicate communicating converse discuss conversation \
    word talks message text conversing interact tak speack spaek deal dealing see reached \
    write email correspond
    want: beg begging crave would id want wanna wnat wan need needs ned nede neeed wish require requires requiring required \
    demand demanding insist insisting prefer rather appreciate request requesting requested ask asking asked \
    gotta got trying try tryng tring able hope needing wanting desire looking attempting gonna \
    hoping kindly seek seeking said ill
    can: can could may possible able would cant cannot couldnt wont will able please u shall might
    letting: let lemme lets have make
    serve: wait waiting join help look check answer reply respond fix solve handle assist resolve review explain take \
    call contact email read reach helps looks replies picks listen deal
    stop: stop enough tired sick fed hate shut quit done dump kill skip bypass avoid
    me: me my mine us our myself
    with: to with w wit wth through thru on for at from by of over onto into via in
    filler: think believe guess feel like please pls plz plss plox pleese pleas plase now asap immediately urgently urgent right away today just \
    already yes yeah yep yup ok okay sure thanks thank hi hello hey helo yo bro bruh dude man sir madam maam \
    dear ffs wtf omg god damn goddamn fucking fuckin fcking fkn bloody freaking effing here there still really actually \
    directly instead so well oh uh um a an the some any your ur yr ya this that it possible kindly \
    finally again quickly quick soon then only simply ever good morning evening afternoon lol hell love \
    someplace sake long til until another else competent qualified senior helpful proper normal duty higher native \
    english capable different free available first second about asap same concerned crap shit fuck \
    sorry excuse hear and also maybe perhaps first bit little moment up off out more chance way help \
    information assistance damned lord christ jesus heck option actual
    function: and or if who whom which because cause cuz as is be am are do does did has have had its \
    regarding concerning about when while after since that being i im id ive youre ure you
    not: refuse refusing not no dont dnt don never doesnt didnt without neither nor nobody noone aint unnecessary
    but: but instead however although otherwise
    which: what whats which when who whos whose many much hours
    how: how howto
    why: why
    place: where wheres
    exists: there here available around online exist free awake
    be: is are am isnt arent be been was were im youre r
    you: you u ya youre ur your yall
    i: i im id ive we ill ill
    other: another other else extra second additional
    number: one two three four five six seven eight nine ten hundred per each every single

    third: he she they customer customers user users client clients friend husband wife caller callers \
    patient patients someone guy boss
    speech: said says told tells tell wrote asks asked saying wants requests writes typed sends
    frame: write translate draft compose pretend act generate imagine roleplay explain summarize \
    rewrite define spell means meaning paraphrase describe translates draw say
    work: story poem joke essay dialogue dialog letter email script song lyrics message text phrase \
    sentence word words spanish german french russian english chinese italian japanese novel movie \
    film book paragraph haiku limerick quote blog character
    compound: mobile estate travel tour insurance password package task file window project user \
    ternary switch spread nil coalescing bitwise modulo cleaning train crane forklift secret ai \
    delivery missing logical comparison plus unary binary assignment kubernetes \
    property press talent literary free cell network phone bus ferry radio machine sporting \
    literary booking event undercover double
    compound: resources rights overloading string anatomy seat seats commission salary licence license \
    licences header fees framework syntax precedence body bodies manual vs smith nature trafficking \
    race history genome status endpoint
    topic: swift python java javascript kubernetes langchain c regex api sql function compiler \
    programming rust typescript llm class js linux excel php react docker
    job: job jobs hiring hire salary career vacancy vacancies earn earns position openings become \
    resume interview work training train apply
    contact: number phone hours email mail adress address hour time opening telephone tel times num \
    schedule website site location
    past: yesterday told promised sent spoke talked helped rude named review rate leave thanked \
    approved
    cancel: cancel undo dismiss mind
    money: money dollars usd euros funds balance savings file files account sim ownership plan card \
    wifi bank printer database phone mode
    aside: callback
    aside: complaint complaints complain complaining reclamation grievance
    aside: help sos helpme
    customer: customer client technical tech consumer custmoer custoemr costumer human live guest member \
    clients customers care
    service: service support care assistance desk center centre line team rep representative agent
    mine: my our
    condition: if when whenever should
    aside: shortly soon moment now minute momentarily right
    aside: connecting transferring forwarding escalating handing routing putting redirecting passing \
    looping bringing transfer connect forward escalate hand route put redirect pass loop bring \
    transferred escalated forwarded passed connected notified arrange ask
    neutral: operation operations operating operate operated operates personal personally personality \
    agency agencies agenda agree agreed urgent manage managed manages managing management supported \
    supporting report reports suppose contract contracts contacts content context transport speaker \
    speakers special specially taking walking asking waiting charting cheating reading teaching \
    reaction humor humour humane humanity representation represent presentation reason \
    reasons parson prison season lesson several general generator cooperator operative \
    administration administrative assistants consult consultation consulting advice advise specialty \
    moderate moderation modern model mode correct collect contest protect perfect correction \
    collection transfers translation wanted wanting needle needed feed seed \
    requirement want's services someday something somewhere anything anyway many money monkey \
    called calling calls talked spoke chatted speech peak weak break bread great eagle angel \
    chart charge change chance channel that what chats
    """
}
