"""Names of many kinds of people, and of things that are asked for in the same words."""

# Trades, posts and other names of people: adjectives, the noun that is declined, what follows it.
RUSSIAN_TRADES = """
агент|агроном|адвокат|администратор зала|администратор клиники|акушерка|аллерголог|аналитик|анестезиолог|аниматор
аптекарь|архивариус|архитектор|аудитор|аджастер|бариста|бармен|библиотекарь|билетёр|биолог|бортпроводник|боцман
бригадир|брокер|бухгалтер|вахтёр|ведущий|ведущий инженер|верстальщик|ветврач|ветеринар|водитель|водитель автобуса
воспитатель|вожатый|врач|врач-терапевт|газовик|генеральный директор|геодезист|гид|гинеколог|главный бухгалтер
главный врач|главный инженер|главный технолог|горничная|грузчик|дежурная медсестра|дежурный|дежурный администратор
дежурный врач|дежурный диспетчер|дежурный инженер|декан|дерматолог|детский врач|диджей|дизайнер|диетолог|дизайнер интерьера
директор магазина|директор школы|диспетчер|доктор|дознаватель|домоуправ|закройщик|закройщица|замерщик|заместитель директора
заведующий|заведующая|завскладом|завхоз|зоотехник|зубной врач|инспектор|инструктор|инструктор по вождению
инкассатор|искусствовед|историк|кадровик|кадровичка|кассир|кассирша|капитан|картограф|кинолог|кладовщик|кладовщица
классный руководитель|комендант|комендант общежития|кондитер|кондуктор|консьерж|консьержка|координатор|контролёр|корректор
косметолог|кредитный инспектор|кредитный специалист|крановщик|кузнец|куратор|куратор курса|лаборант|лаборантка|лектор
лесник|лифтёр|лифтовый мастер|логист|логопед|лор|маклер|маляр|маркетолог|массажист|массажистка|мастер|мастер маникюра
мастер участка|машинист|медбрат|медсестра|менеджер по продажам|менеджер по работе с клиентами|менеджер проекта|метролог
механик|модельер|монтажник|монтёр|музыкант|мерчендайзер|настройщик|нарколог|наставник|научный руководитель|невролог
няня|нотариус|обувщик|окулист|онколог|оператор|оператор склада|оптик|оптометрист|организатор|ортодонт|ортопед|официант
официантка|охранник|оценщик|парикмахер|паспортист|паспортистка|педагог|педиатр|пекарь|переводчик|персональный менеджер
пиарщик|пилот|пломбировщик|пожарный|помощник директора|портной|портье|почтальон|пограничник|повар|повитуха|преподаватель
приёмщик|приёмщица|продавец|продавец-консультант|провизор|программист|продюсер|продюсер мероприятия|прораб|проводник
проводница|проректор|профессор|психиатр|психолог|психотерапевт|пчеловод|распорядитель|расчётчик|реаниматолог|ревизор
регистратор|редактор|режиссёр|реставратор|риелтор|руководитель|руководитель отдела|рецепционист|сантехник|сварщик
сборщик|секретарь|селлер|сервисный инженер|системный администратор|сисадмин|сметчик|снабженец|собственник|сомелье
социальный работник|спасатель|специалист по ипотеке|специалист по кредитам|специалист по страхованию|старшая медсестра
старший администратор|старший кассир|старший менеджер|старший оператор|старший продавец|стилист|стоматолог|страховой агент
страховщик|стрелочник|стюардесса|супервайзер|сурдопереводчик|сушист|таможенник|таргетолог|таксист|татуировщик|тестировщик
терапевт|территориальный менеджер|технический директор|технолог|технарь|технический специалист|товаровед|тренер|травматолог
трейдер|турагент|туроператор|тьютор|управляющий|уролог|участковый|участковый врач|учётчик|учитель
фармацевт|фельдшер|физиотерапевт|финансист|финансовый консультант|флорист|фотограф|хирург|хореограф|хозяйка|хозяин
хостес|художник|часовщик|швея|шеф-повар|штурман|эвакуаторщик|экономист|экспедитор|экскурсовод|эколог|электрик
эндокринолог|энергетик|юрист|юрисконсульт|ювелир|репетитор|священник|батюшка|методист|аккаунт-менеджер|эйчар|айтишник
видеооператор|модератор|админ|тимлид|девопс|разраб|безопасник|сейл|саппорт|манагер|начальник смены|начальник станции
начальник отдела|начальник склада|бригада|дежурная бригада|аварийная бригада|руководство|начальство|администрация|дирекция
бухгалтерия|диспетчерская|приёмная комиссия|служба безопасности|служба контроля|служба заботы|аварийная служба
клиентская служба|горячая линия|справочная|канцелярия|лаборатория|редакция|юротдел|отдел кадров|отдел претензий
отдел качества|отдел доставки|отдел бронирования|финансовый отдел|технический отдел|кредитный отдел|страховой отдел
"""

# People by what they are rather than by what they do.
RUSSIAN_BEINGS = """
живая душа|живое существо|живой собеседник|белковый собеседник|кожаный мешок|мясной мешок|разумное существо|человеческое существо
настоящий человек|взрослый человек|адекватный человек|компетентный человек|нормальный сотрудник|живой консультант|живой менеджер
живой оператор|реальный оператор|настоящий оператор|другой оператор|свободный оператор|любой сотрудник|любой человек
компетентный сотрудник|ответственный сотрудник|ваш сотрудник|ваш коллега|ваш начальник|ваш специалист|ваш менеджер|свой человек
хомо сапиенс|землянин|смертный|теплокровный|двуногий|гуманоид|кто-то с мозгами|кто-нибудь с мозгами|кто-то с пульсом
кто-нибудь из плоти и крови|кто-то теплокровный|кто-то поумнее|кто-нибудь вменяемый|кто-нибудь постарше|кто-нибудь главный
кто-то другой|кто-нибудь свободный|кто-нибудь дышащий|кто-то понимающий|белковая форма жизни|чувак
мужик|мужчина|женщина|девушка|тётенька|дяденька|барышня|парень|ребята|наставник|собеседник|сменщик|коллега|напарник
"""

RUSSIAN_NAMES = """
Артём|Олег|Светлана Игоревна|Ирина|Марина|Сергей|Анна|Дмитрий|Ольга|Наталья|Алексей|Михаил|Катя|Лена|Виктор|Павел Петрович
Юлия|Татьяна|Игорь|Андрей|Роман|Денис|Людмила|Елена Сергеевна|Вера|Настя|Гульнара|Рустам|Тимур|Надежда|Ксения
"""

RUSSIAN_NAME_WISHES = """
позовите {a}, он в курсе
позовите {a}, мы вчера общались
позови {a}, не отвечай сам
мне бы {a}, у нас с ним разговор не закончен
можно {a}? он вёл мою заявку
можно снова {a}, которая мне помогала
мне опять к {d}, мы не закончили
соедините с {i}, вашим менеджером
соедините меня снова с {i}
хочу поговорить с {i}, это ваш сотрудник
подключите {a}, она занималась моим вопросом
передайте {d}, пусть возьмёт мой чат
верните {a} в чат
где {n}? я с ним говорила, верните
пусть {n} ответит, мы с ней общались
{a} из поддержки позовите
{a} из вашего отдела можно
дайте {a}, который вчера отвечал
"""

RUSSIAN_NAME_OTHERS = """
{n} вчера мне помог, спасибо
поблагодарите {a} от меня
меня зовут {n}
это {n}, вчера заказывал
что подарить {d}
напиши поздравление {d}
что написать {d}, если мы в ссоре
составь сообщение {d}
{n} придёт в гости, что приготовить
моего кота зовут {n}
оформите заказ на {a}
запишите меня к {d} на маникюр
столик на имя {n}
посылка на {a}, где она
передай привет {d}
позови {a} гулять, что написать
{n} сказал, что скидка действует
дай совет, как помириться с {i}
"""

# Things asked for as a person is; the accusative.
RUSSIAN_THINGS = """
скидку|промокод|рецепт|ссылку|инструкцию|алмазов|монет|денег|обещание|совет|пароль|номер карты|адрес|телефон горячей линии
чек|справку|договор|документы|прайс|каталог|меню|расписание|график работы|образец заявления|бланк|шаблон|пример|список
рекомендацию|подсказку|ответ|определение|перевод|текст песни|стих|анекдот|сказку|историю|тост|рассказ|задачу|тему для сочинения
план тренировки|диету|идею подарка|цитату|совет по учёбе|код ошибки|код на питоне|формулу|решение|прогноз погоды|курс доллара
размер побольше|другой цвет|доставку|самовывоз|рассрочку|кредит|карту|выписку|реквизиты|баланс|интернет|роутер|тариф|безлимит
подписку|пробный период|возврат|обмен|компенсацию|кэшбэк|бонусы|баллы|подарок|сертификат|билет|место у окна|столик|номер люкс
такси|пиццу|кофе|суши|платье|кроссовки|чайник|телефон|ноутбук|зарядку|чехол|книгу|игру|фильм|музыку|картинку|фото|видео
пять минут|время подумать|минуточку|шанс|знать|слово|честное слово|клятву|обещания|название|имя для кота|ник|пароль от вайфая
кота|собаку|маму|мужа|друга на день рождения|подругу|соседа|курьера в другой подъезд|бабушку|меня через час|гостей|врача на дом
"""

RUSSIAN_THING_TALK = """
дай {t}
дайте {t}
дай мне {t}
дайте мне {t}
дайте пожалуйста {t}
а можно {t}
можно {t}?
можно мне {t}
хочу {t}
я хочу {t}
мне бы {t}
мне нужно {t}
срочно нужно {t}
нужно {t} срочно!!
покажи {t}
покажите {t}
пришлите {t}
пришли {t}
скинь {t}
скиньте {t} плиз
найди {t}
придумай {t}
напиши {t}
подскажите {t}
посоветуйте {t}
подключи мне {t}
подключите {t}
переведи {t}
переведите {t}
верни {t}
верните {t}
жду {t}
всё ещё жду {t}
хочется {t}
закажи {t}
оформите {t}
{t} дай
{t} можно?
{t} пожалуйста
{t} плиз
{t} хочу
{t}
позови {t}
позвать {t}
пригласи {t}
вызовите {t}
обещали {t}
где {t}
а как получить {t}
"""

ENGLISH_TRADES = """
account executive|account manager|account rep|accountant|accounts clerk|actuary|adjuster|administrator|admissions officer
adoption counsellor|advocate|air hostess|allergist|analyst|anaesthetist|animal handler|appraiser|apprentice|architect|archivist
arborist|artist|assessor|assistant manager|attorney|auctioneer|auditor|baker|bank manager|banker|barber|barista|bartender
beautician|beekeeper|bellboy|benefits officer|bike mechanic|biologist|board member|boat captain|bookkeeper|booking agent
booking manager|bouncer|box office clerk|branch manager|brewer|bricklayer|broker|builder|building manager|bursar|bus driver
butcher|buyer|cabin crew|campus security|captain|care coordinator|caregiver|caretaker|carpenter|case manager|case worker|cashier
caterer|chaplain|charge nurse|chef|chemist|chief engineer|chiropractor|claims handler|cleaner|clerk|clinician|coach|cobbler
collections officer|community manager|compliance officer|concierge|conductor|contractor|controller|cook|copywriter|councillor
counsellor|crew|curator|customs broker|data protection officer|dean|deckhand|deli guy|dental nurse|dentist|deputy head
dermatologist|designer|detective|dietitian|director|dispatcher|district nurse|dj|dock manager|doctor|doorman|driving instructor
duty engineer|duty manager|duty officer|economist|editor|electrician|emergency contact|engineer|engraver|enrolment officer
estate agent|event planner|eye doctor|fabricator|facilities manager|farmer|finance person|financial adviser|financial planner
firefighter|fitter|fitness trainer|fleet manager|flight attendant|florist|foreman|forklift driver|founder|front office
fundraiser|gaffer|gardener|gas engineer|general manager|geologist|glazier|goldsmith|groomer|groundskeeper|guidance counsellor
guide|gym instructor|hairdresser|handyman|harbour master|head chef|head nurse|head of department|head teacher|helpdesk guy
host|hostess|hotel manager|house officer|housekeeper|housing officer|hygienist|immigration officer|inspector|installer
insurance broker|interior designer|interpreter|investigator|investment adviser|it guy|janitor|jeweller|judge|kennel owner|keyholder
kitchen manager|lab technician|landlady|landlord|lawyer|lead engineer|leasing agent|lecturer|legal adviser|lender|librarian
lifeguard|lift engineer|line manager|loan officer|locksmith|loss adjuster|machinist|maid|maintenance guy|maitre d|make-up artist
marketing person|mason|massage therapist|master brewer|matron|mayor|mechanic|mediator|medic|mentor|merchant|midwife|minister
mortgage adviser|mover|musician|nanny|navigator|neurologist|night manager|night porter|notary|nurse|nursery teacher|nutritionist
office manager|on-call engineer|on-call doctor|operations manager|optician|organiser|orthodontist|osteopath|owner|painter|paralegal
paramedic|park ranger|parking attendant|pastor|payroll lady|payroll officer|pediatrician|personal banker|personal trainer
pharmacist|photographer|physician|physio|physiotherapist|piano tuner|pilot|plasterer|plumber|podiatrist|police officer|porter
portfolio manager|postman|practice manager|priest|principal|printer|probation officer|producer|product manager|professor
programmer|project manager|promoter|property manager|psychiatrist|psychologist|publicist|purchasing manager|rabbi|radiologist
ranger|receptionist|recruiter|referee|registrar|regional manager|relationship manager|removals guy|rental agent|repairman
researcher|returns clerk|risk officer|roofer|safety officer|sales assistant|sales guy|sales manager|salesman|saleswoman|scheduler
school nurse|scientist|seamstress|secretary|security guard|senior adviser|service desk|service manager|sexton|shift lead
shift manager|shift supervisor|ship's officer|shop assistant|shop floor manager|shop owner|shopkeeper|site manager|social worker
solicitor|sommelier|sound engineer|specialist|stage manager|station master|stockbroker|store manager|student adviser|stylist
surgeon|surveyor|swim coach|switchboard operator|sysadmin|tailor|tattoo artist|tax adviser|taxi dispatcher|teacher|team lead
technical director|technician|teller|tenancy officer|therapist|ticket clerk|tour guide|tour manager|trainer|translator
travel consultant|treasurer|trustee|tutor|underwriter|union rep|upholsterer|usher|vet|vet nurse|veterinarian|vicar|video editor
waiter|waitress|ward nurse|ward sister|warden|warehouse guy|warehouse manager|watchmaker|wedding planner|welder
welfare officer|winemaker|workshop foreman|yoga teacher|zookeeper|sre|devops guy|qa person|platform engineer|backend dev|gm|mod
"""

ENGLISH_PLACES = """
refund department|returns desk|billing department|legal team|fraud department|claims department|escalations team|retention team
complaints department|complaints team|head office|lost property|guest services|guest relations|patient services|admissions
financial aid office|student services|housing office|customer relations|dispatch|the warehouse|the kitchen|the depot|the workshop
the pharmacy|the lab|the ward|the office|human resources|hr|payroll|accounts payable|engineering|operations|the trust and safety team
the safety team|security|the control room|the box office|the branch|the service centre|second level support|third line|tier two
level 2 support|your support crew|the on-call team|the reservations desk|the hotline|client care|member services|the back office
"""

ENGLISH_BEINGS = """
someone who breathes|someone with a pulse|something with a heartbeat|anything with a pulse|somebody with a brain|a carbon-based life form
a warm body|any warm body|a mortal|an earthling|a homo sapiens|a mammal|a breathing person|a thinking human|a grown human|a grown-up
an adult|someone in the flesh|flesh and blood|someone of flesh and blood|someone with a heart|someone who bleeds|a soul
a living soul|someone with ears|someone with a name|someone with hands|someone who understands|someone who knows this stuff
someone who can decide|someone with authority|someone senior|someone higher up|someone else|anyone else|anybody but you
a different person|another agent|another person|a proper human|a proper person|a normal person|a sane person|a competent person
a bloke|the bloke|a chap|a lass|a fella|an english speaking agent|someone who speaks spanish|a polish speaker|a worker of the shop
one of your humans|your humans|your people|one of your staff|your crew|your team|your colleague|your human colleague|a human voice
a voice|a human face|a human operator|a live operator|a live human|a live one|a real agent|a real one|an operator now|a customer rep
a supervisor or manager|somebody qualified|someone responsible|the boss|the owner|the higher-ups|the guy from yesterday
the same lady|the same guy|the person who packed my order|the one who handled my case|whoever made this|whoever runs this place
"""

ENGLISH_NAMES = """
Marcus|Olivia|James|Emma|Priya|Sarah|Tom|Daniel|Ana|Kevin|Linda|Ahmed|Chloe|Ben|Rachel|Diego|Fatima|Jack|Maria|Steve|Grace|Ravi
"""

ENGLISH_NAME_WISHES = """
get {n}, my account rep
can I talk to {n} again, we weren't finished
can I get {n} back please
{n} was helping me, put {n} back on
put {n} on, she knows my case
reconnect me with {n}
I want to continue with {n} from support
is {n} around? I want to speak to her about my claim
my account manager {n} please
I was talking to {n}, get him back
send me back to {n}
call {n} to this chat
pass me to {n} in billing
I'd rather speak with {n} from your team
let {n} take over
"""

ENGLISH_NAME_OTHERS = """
{n} was very helpful yesterday, thanks
my name is {n}
it's {n}
this is {n}, I ordered yesterday
what should I text {n}
write a birthday card for {n}
write an apology to {n}
my cat is called {n}
book a table for {n} at seven
gift for {n}, she is 30
say hi to {n}
tell {n} I said thanks
{n} told me the sale ends today, true?
{n} broke up with me
my friend {n} is coming, what do I cook
put the order under {n}
how do I ask {n} out
"""

ENGLISH_THINGS = """
a discount|the link|a promo code|the recipe|the phone number|a promise|an answer|a hint|a joke|a story|a poem|an example|a quote
advice|an idea|a name for my cat|a list of films|a summary|a translation|directions|the address|the menu|the price list|a quote for the job
a copy of my contract|my invoice|a receipt|a refund|my money back|a ticket to Rome|a cheap flight|a hotel|a taxi|a pizza|a coffee
a bigger size|the blue one|another colour|a charger|a new phone|a laptop|a kettle|free shipping|free gems|coins|credits|a voucher
a free trial|an upgrade|my password|the wifi code|the code|a new card|my statement|a loan|a mortgage|insurance|a visa|an appointment
a table for two|a room with a view|some sleep|a nap|a break|a minute|a second|a moment|a chance|time|a dog|a kitten|a boyfriend
a girlfriend|my mum|my cat|a costume|an excuse|a workout plan|a diet|homework help|a formula|the answer key|a map|the timetable
the weather|the score|a playlist|a picture|a logo|a tattoo idea|your opinion|your thoughts|your word|more details|the manual
the size chart|the tracking number|my order|my parcel|my points|something to read|something sweet|it in red|it delivered
"""

ENGLISH_THING_TALK = """
give me {t}
gimme {t}
can I get {t}
can i have {t} please
could I get {t}
I need {t}
i need {t} asap
need {t} pls
I want {t}
i want {t} now
I'd like {t}
i'd rather have {t}
get me {t}
find me {t}
find {t}
send me {t}
show me {t}
tell me {t}
bring me {t}
put {t} in my cart
make {t}
write {t}
{t} please
{t} pls
{t} now
{t}
got {t}?
still waiting for {t}
where is {t}
how do I get {t}
any chance of {t}?
how about {t}
is there {t}
connect {t}
transfer {t}
switch to {t}
call {t}
ask for {t}
you promised {t}
let me have {t}
help me find {t}
"""

# Wishes without a word for a kind of person, or with one in an unusual place.
WISHES = """
почему не зовёте оператора?!
почему вы до сих пор не позвали человека
почему меня не соединяют с оператором
почему не переключаете на живого
почему мне до сих пор не ответил человек
что написать, чтобы ответил человек
что надо сказать, чтобы позвали оператора
какую кнопку нажать для оператора
нажимаю 0
нажал ноль, соединяйте
0
кнопка оператор
выбираю пункт «оператор»
какой я в очереди к оператору
моя очередь к менеджеру скоро?
сколько человек передо мной к оператору
оператор уже идёт?
менеджер придёт или нет
мне ответит сегодня живой человек или нет?
или человек, или я ухожу
либо зовите человека, либо жалоба
не соедините с человеком — уйду к конкурентам
кто угодно, только не бот
любой, только не ты
уступи место человеку
бот, отойди
сменщика зови
замени себя человеком
хочу слышать человеческий голос
хочу услышать живой голос
человеческий голос хочу
по-человечески поговорить хочу, с человеком
давай дальше человек
дальше пусть человек
дальше только с живым
передай дальше, ты не справляешься
переключай, не тяни
переводи уже
соединяй давай
зови, зови
да, соедините
да, переводите
да, зовите
согласен, переключайте
подожду, сколько надо, только живого
постою в очереди к живому
поставьте меня в очередь к оператору
чат с менеджером оборвался, верните
мы с оператором не договорили
вернуться к оператору
продолжить с оператором
я сказал оператора
ОПЕРАТОРА, Я СКАЗАЛ
ау, люди, кто живой, ответьте
есть кто с мозгами?
есть тут хоть один человек? пусть ответит
why won't you let me talk to a person
why can't I get an agent
why hasn't an agent answered yet
what do I type to get a person
what do I say to reach a human here
which button gets me an agent
press 0 for agent
pressing 0
hit zero, connect me
0 0 0
option agent
what number am I in the queue for the agent
where am I in line for a rep
is the manager coming or what
so is someone coming or not
am I getting an agent or not
how much longer for the adviser
either a human or I'm leaving
get me a human or I'm calling my bank
anyone but you
anyone, just not a bot
someone other than a bot
step aside bot
move over bot
tag somebody in
swap yourself for a human
let a human drive
human time
I want to hear a human voice
a human voice please
talk to me person to person
let's do this person to person
better a person answers
I'd like a person to fix this
hand it off
hand it over then
handoff
handover
escalate
escalate this ticket to engineering
please escalate
transfer
transfer me
go ahead and transfer
yes transfer me
yes, connect me
sure, hand me over
do it, get them
patch me through
live chat
live help
start live chat
human takeover
I'll hold for a person
put me in the queue for an agent
the chat with the agent closed, reopen it
I was talking to an agent, put me back
back to the agent please
for the love of god a human
for heaven's sake, a person
I said agent
AGENT I SAID
where are your people, I need one
wheres ur people i need 1
give me a name and a face
contact an agent for me
"""

# Small talk: what people write to a bot that is no wish for anybody.
SMALL_TALK = """
привет|приветик|здарова|хай|доброе утро|доброй ночи|как дела|как жизнь|что делаешь|чем занят|ты тут|ты где|слушай|смотри|эй|ну|а|ок
окей|ага|угу|ясно|понял|поняла|супер|класс|круто|огонь|спасибо большое|благодарю|от души|ты лучший|ты классный|умница|молодец|красава
ты мне нравишься|я тебя люблю|ты меня любишь|выходи за меня|поболтаем|давай поболтаем|давай играть|поиграем|расскажи о себе|сколько тебе лет
как тебя зовут|ты живой|ты настоящий|у тебя есть чувства|тебе не скучно|мне скучно|мне грустно|мне одиноко|мне плохо|я устал|я устала|хочу спать
хочу есть|хочу домой|хочу на море|хочу собаку|я влюбилась|меня бросил парень|поссорился с девушкой|поссорилась с мамой|начальник козёл|начальник достал
коллеги бесят|соседи шумят|ненавижу понедельники|ненавижу математику|ненавижу дождь|задолбали пробки|достала эта погода|бесит зима|опять понедельник
ура пятница|я сдал экзамен|меня взяли на работу|завтра собеседование|боюсь экзамена|не могу уснуть|приснился странный сон|болит голова|болит спина
поздравь меня|пожалей меня|похвали меня|рассмеши меня|удиви меня|поддержи меня|обними|подбодри|развесели|разбуди меня в семь|напомни завтра про врача
пообещай мне|пообещай что-нибудь|дай обещание|дай слово|поклянись|клянись что это правда|обещаешь|честно|правда|серьёзно|да ладно|не может быть
дай пять|давай|давай попробуем|ну давай|погнали|начинай|продолжай|дальше|ещё|ещё раз|повтори|покороче|подлиннее|попроще|другой вариант|не то|нет не так
не туда нажала|ой не туда|это не вам|ошибся чатом|случайно|сорри|извини|прости|неважно|забей|проехали|подожди|секунду|щас|минутку|я занят|потом
хорошо, жду|жду|буду ждать|до завтра|пока|спокойной ночи|до связи|без разницы|мне всё равно|как хочешь|решай сам|лучше вечером|можно завтра|можно попозже
есть вопрос|у меня вопрос|можно спросить|а можно ещё спросить|можно вопрос|что умеешь|что ты можешь|помоги с резюме|помоги с домашкой|помоги выбрать имя
помоги написать текст|нужна помощь с переводом|нужна помощь с рефератом|посоветуй книгу|что посмотреть|что приготовить|что подарить маме|что надеть
проверь текст|исправь ошибки|сократи текст|переделай|напиши смешнее|сделай список|сделай фото поярче|составь план|поставь таймер|включи музыку|посчитай
врач сказал не есть сладкое|мастер приходил, всё починил|продавщица душка|официант был вежливый|передайте повару спасибо|курьер молодец|ваш оператор молодец
ты теперь врач, я пациент|представь что ты учитель|будь моим тренером|сыграй роль продавца|веди себя как психолог|поговори со мной как друг|отвечай как пират
hi there|hello there|heyyy|yo|sup|how are you|how's it going|what's up|good night|morning|you there|listen|look|hey|so|and|ok cool|alright|gotcha|nice|awesome
thank you so much|that was helpful|you're awesome|you rock|good bot|love you|do you love me|will you marry me|I like you|let's chat|let's play|tell me about you
how old are you|what's your name|are you alive|do you have feelings|are you bored|I'm bored|I'm sad|I'm lonely|I feel down|I'm tired|I need sleep|I'm hungry
I want to go home|I want a dog|I'm in love|my girlfriend left me|my boss is a jerk|my boss yelled at me|my coworkers annoy me|neighbours are loud|hate mondays
I hate maths|this rain is driving me nuts|sick of traffic|sick of winter|finally friday|I passed my exam|I got the job|interview tomorrow|can't sleep|weird dream
my back hurts|my head hurts|congratulate me|cheer me up|make me laugh|surprise me|hug me|tell me something new|tell me a joke|wake me at seven|remind me tomorrow
promise me|make a promise|promise me something|promise you won't tell|give me your word|swear it's true|really|seriously|no way|you sure|high five|let's go|go on
go ahead|yeah go ahead|continue|more|again|once more|shorter|longer|simpler|another one|not that|wrong one|oops wrong chat|sorry wrong person|my bad|never mind
not now|wait|one sec|hold on|let me think|I'm busy|later|see you|talk later|don't care|up to you|you decide|tomorrow is fine|this evening is better
I have a question|quick question|can I ask something|can I ask one more|what can you do|help with homework|help with my essay|help me pick a name
help me write a speech|I need help with my cv|recommend a book|what to watch|what to cook|what to wear|a gift for mum|check my text|fix the grammar|make it funny
make a list|make it shorter|make a plan|set a timer|play music|act as a doctor|pretend you are a teacher|be my coach|you are now a customer|play a travel agent
the technician came, all works|the doctor said no sugar|the waiter was nice|thanks to your chef|your driver was great|dad is a truck driver, gift ideas
my cousin is a firefighter, write him a speech|say sorry to my wife for me|speak spanish please|answer in english|talk like a pirate|keep it short
"""
