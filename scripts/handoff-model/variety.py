"""Phrases made from parts: wishes for many kinds of people, and talk about the same people."""

import people

# Nominative | genitive and accusative | instrumental | dative.
RUSSIAN_PEOPLE = """
оператор|оператора|оператором|оператору
менеджер|менеджера|менеджером|менеджеру
консультант|консультанта|консультантом|консультанту
специалист|специалиста|специалистом|специалисту
сотрудник|сотрудника|сотрудником|сотруднику
живой сотрудник|живого сотрудника|живым сотрудником|живому сотруднику
человек|человека|человеком|человеку
живой человек|живого человека|живым человеком|живому человеку
реальный человек|реального человека|реальным человеком|реальному человеку
нормальный человек|нормального человека|нормальным человеком|нормальному человеку
администратор|администратора|администратором|администратору
админ|админа|админом|админу
модератор|модератора|модератором|модератору
руководитель|руководителя|руководителем|руководителю
начальник|начальника|начальником|начальнику
директор|директора|директором|директору
старший менеджер|старшего менеджера|старшим менеджером|старшему менеджеру
старший смены|старшего смены|старшим смены|старшему смены
супервайзер|супервайзера|супервайзером|супервайзеру
куратор|куратора|куратором|куратору
тьютор|тьютора|тьютором|тьютору
преподаватель|преподавателя|преподавателем|преподавателю
учитель|учителя|учителем|учителю
завуч|завуча|завучем|завучу
методист|методиста|методистом|методисту
тренер|тренера|тренером|тренеру
врач|врача|врачом|врачу
доктор|доктора|доктором|доктору
координатор|координатора|координатором|координатору
дежурный врач|дежурного врача|дежурным врачом|дежурному врачу
фармацевт|фармацевта|фармацевтом|фармацевту
психолог|психолога|психологом|психологу
юрист|юриста|юристом|юристу
бухгалтер|бухгалтера|бухгалтером|бухгалтеру
инженер|инженера|инженером|инженеру
дежурный инженер|дежурного инженера|дежурным инженером|дежурному инженеру
разработчик|разработчика|разработчиком|разработчику
техник|техника|техником|технику
мастер|мастера|мастером|мастеру
диспетчер|диспетчера|диспетчером|диспетчеру
логист|логиста|логистом|логисту
курьер|курьера|курьером|курьеру
кладовщик|кладовщика|кладовщиком|кладовщику
продавец|продавца|продавцом|продавцу
кассир|кассира|кассиром|кассиру
агент|агента|агентом|агенту
представитель|представителя|представителем|представителю
представитель банка|представителя банка|представителем банка|представителю банка
эксперт|эксперта|экспертом|эксперту
инспектор|инспектора|инспектором|инспектору
секретарь|секретаря|секретарём|секретарю
управляющий|управляющего|управляющим|управляющему
ответственный|ответственного|ответственным|ответственному
главный|главного|главным|главному
кто-нибудь|кого-нибудь|кем-нибудь|кому-нибудь
кто-то живой|кого-то живого|кем-то живым|кому-то живому
кто-нибудь из персонала|кого-нибудь из персонала|кем-нибудь из персонала|кому-нибудь из персонала
кто-то из ваших|кого-то из ваших|кем-то из ваших|кому-то из ваших
кто-нибудь из команды|кого-нибудь из команды|кем-нибудь из команды|кому-нибудь из команды
гейм-мастер|гейм-мастера|гейм-мастером|гейм-мастеру
гм|гма|гмом|гму
саппорт|саппорта|саппортом|саппорту
спец|спеца|спецом|спецу
чел|чела|челом|челу
кожаный|кожаного|кожаным|кожаному
хозяин|хозяина|хозяином|хозяину
коллега|коллегу|коллегой|коллеге
девушка|девушку|девушкой|девушке
помощник|помощника|помощником|помощнику
библиотекарь|библиотекаря|библиотекарем|библиотекарю
повар|повара|поваром|повару
портье|портье|портье|портье
консьерж|консьержа|консьержем|консьержу
гид|гида|гидом|гиду
риелтор|риелтора|риелтором|риелтору
страховщик|страховщика|страховщиком|страховщику
техподдержка|техподдержку|техподдержкой|техподдержке
поддержка|поддержку|поддержкой|поддержке
служба поддержки|службу поддержки|службой поддержки|службе поддержки
бухгалтерия|бухгалтерию|бухгалтерией|бухгалтерии
отдел продаж|отдел продаж|отделом продаж|отделу продаж
отдел возвратов|отдел возвратов|отделом возвратов|отделу возвратов
отдел доставки|отдел доставки|отделом доставки|отделу доставки
регистратура|регистратуру|регистратурой|регистратуре
ресепшен|ресепшен|ресепшеном|ресепшену
склад|склад|складом|складу
касса|кассу|кассой|кассе
приёмная|приёмную|приёмной|приёмной
деканат|деканат|деканатом|деканату
"""

# {n} {a} {i} {d}: the cases in the order above.
RUSSIAN_WISHES = """
позовите {a}
позови {a}
позовите мне {a}
зови {a}
можно позвать {a}?
можете позвать {a}?
можно {a} сюда?
можно {a}?
{a} можно?
а можно мне {a}
{a} можно к чату?
{a} позвать можно
пригласите {a} в чат
пригласите {a} в диалог
подключите {a}
подключи {a} к чату
подключайте {a}
подключите к диалогу {a}
прошу подключить {a}
прошу пригласить {a}
попросите {a} ответить
попросите {a} зайти в чат
вызовите {a}
давай {a}
давайте уже {a}
дайте {a}
дай {a}
дайте мне {a}
дайте поговорить с {i}
дайте хоть {a}
{a} дайте
{a} мне
{a} мне дайте
{a} сюда
{a} в чат
{a} в студию
{a} на связь
{a} на линию
{a} пожалуйста
{a} плиз
{a} бы мне
{a} прошу
{a} хочу
{a} зови
соедините с {i}
соедини меня с {i}
соедините меня с {i} пожалуйста
соединяйте с {i}
свяжите меня с {i}
свяжите с {i}
прошу связать с {i}
{a} прошу связать со мной
хочу поговорить с {i}
хочу общаться с {i}
хочу обсудить это с {i}
хотелось бы поговорить с {i}
хотел бы переговорить с {i}
мне бы с {i} поговорить
мне бы {a}
надо поговорить с {i}
можно поговорить с {i}?
можно мне с {i} пообщаться
могу я пообщаться с {i}?
буду говорить только с {i}
буду разговаривать только с {i}
с {i} хочу
с {i} можно?
с {i} соедините
переведите на {a}
переведите меня на {a}
переведи на {a}
переводи на {a}
переключите на {a}
переключи меня на {a}
перекинь на {a}
кинь меня на {a}
кинь на {a}
перенаправьте меня к {d}
отправьте меня к {d}
переведите к {d}
к {d} пожалуйста
к {d} можно
к {d} меня
передайте мой вопрос {d}
передайте диалог {d}
передай чат {d}
эскалируйте {d}
пусть {n} ответит
пусть мне ответит {n}, а не бот
пусть {n} подключится
пусть {n} посмотрит мой вопрос
пусть {n} возьмёт чат
пусть со мной поговорит {n}
хочу, чтобы мне ответил {n}
хочу, чтобы этим занялся {n}
хочу, чтобы мою заявку рассмотрел {n}
требую {a}
требую рассмотрения {i}, а не программой
нужен {n}
мне нужен {n}
мне нужен {n}, а не бот
нужен именно {n}
тут нужен {n}
нужна помощь {a}
нужна консультация {a}
{n} нужен
{n} нужен срочно
{n} нужен, а не робот
{n}, ответьте
{n}, зайдите в чат
{n} есть живой? позовите
{n} ау, зайди в чат
жду {a}
всё ещё жду {a}
жду ответа {a}
сколько ещё ждать {a}??
сколько можно ждать {a}
долго ещё ждать {a}, я вишу в очереди
где {n}? я просил
где обещанный {n}
обещали {a}, никого нет
когда уже {n} подключится
когда подключится {n}?
я просил {a}
уже три раза просила {a}
я же сказал, мне нужен {n}
вы обещали подключить {a}, где он
верните {a}, мы не договорили
верните {a} в чат
соедините снова с {i}, связь прервалась
не с ботом, а с {i}
не бот, а {n} нужен
не хочу с роботом, хочу с {i}
отключите бота, позовите {a}
хватит шаблонов, {a}
бот бесполезный, зови {a}
да, позовите {a}
да, давайте {a}
ну хорошо, тогда {a}
ладно, тогда {a} позови
ок, соедини с {i}
есть {n} на связи? мне надо с ним поговорить
кто-нибудь, позовите {a}
выйдите на связь, {n}
желательно {a}
предпочитаю {a}, а не робота
лучше {a}
лучше с {i}
без {a} не разберёмся, зовите
можно напрямую к {d}?
как-нибудь можно {a} позвать
связь с {i}
запрос {a}
вызов {a}
переход к {d}
не надо мне инструкций, дайте {a}
не надо ссылок, дайте {a}
спасибо не надо, лучше {a}
мне не нужны ваши статьи, мне нужен {n}
как выйти на {a}, дайте
{n} где ты
сколько раз просить {a}?!
"""

RUSSIAN_OTHERS = """
сколько зарабатывает {n}?
сколько получает {n}
какая зарплата у {a}
вакансия {a} ещё открыта?
есть ли вакансия {a}
требуются ли вам {n}
хочу работать {i}
хочу устроиться {i}, куда резюме
как стать {i}
как стать у вас {i}?
работаю {i}, какие скидки
я {n}, мне нужна скидка
мой муж {n}, дадут ли нам ипотеку
моя сестра работает {i}, положена льгота?
курсы для {a} когда начинаются
что делает {n}?
что входит в обязанности {a}
чем занимается {n}
кто такой {n}
{n} вчера сказал, что заказ отправили
{n} вчера помог, спасибо
{n} обещал скидку, она применена?
{n} обещал перезвонить завтра, я уточню адрес
{n} сказал ждать три дня. когда придёт?
{n} приезжал, всё замерил, где смета
вчера говорила с {i}, какой статус?
уже поговорил с {i}, вопрос решён
не надо {a}
не нужен {n}
{n} не нужен
{n} больше не нужен, спасибо
не зовите {a}
не зови пока {a}, я сам
не переключайте на {a}
не надо переводить на {a}
без {a} пожалуйста, скажите сами цену
только без {a}
обойдусь без {a}
не хочу говорить с {i}
отмените вызов {a}
я не просил {a}
как зовут {a}?
как фамилия {a}
телефон {a} какой
подскажите почту {a}
во сколько работает {n}?
до скольки сидит {n}
когда у вас работает {n}
{n} принимает в субботу?
в каком кабинете {n}?
сколько стоит час работы {a}
сколько стоят услуги {a}
сколько стоит вызвать {a} на дом
запишите меня на приём к {d} на среду
можно записаться к {d} на завтра?
отзыв про {a} где оставить
как добавить {a} в систему
как назначить {a} в приложении
как удалить {a} из рабочего пространства
как сменить {a} в карточке сделки
какие права у {a} в кабинете
как войти под {i} в админку
где в настройках роль {a}
отчёт {a} за месяц не выгружается
подарок {d} что посоветуете
форма для {a} какого цвета
напиши диалог: {n} и клиент
составь письмо {d} от клиента
придумай приветствие {a} для чата
переведи на английский слово {n}
как по-английски {n}
что значит фраза «позовите {a}»
на кнопке написано «позвать {a}», она не нажимается
в фильме {n} говорит смешную фразу, откуда это
ты {n} или бот?
ты сам {n}?
вы {n} или программа
{n} видит мою переписку?
нужно ли согласие {a}
нужна подпись {a} на справке?
без подписи {a} примут документы?
печать {a} обязательна?
доступ для {a} как открыть
другой {n} может забрать заказ?
мне звонил {n} и просил код, это мошенники?
мой {n} в отпуске, кто подпишет договор
мой {n} просит чек, как его скачать
игра про {a} есть?
фильм про {a} во сколько идёт
костюм {a} есть в наличии?
спасибо {d} за помощь
мне {n} уже ответил, спасибо
переведи деньги {d}
не переводи на {a}
нет, не надо {a}
ждать {a} не буду, спасибо
переведи на английский: позовите {a}
если клиент просит {a}, что отвечать
"""

ENGLISH_PEOPLE = """
agent|an operator|a person|a human|a real person|a real human|someone|somebody|anyone real|a live agent
a human agent|a representative|a rep|a customer service rep|a support agent|an advisor|an adviser
a manager|your manager|a supervisor|your boss|the person in charge|whoever is in charge|a specialist
a consultant|an expert|a technician|an engineer|a developer|a dev|a tech|a member of staff|a staff member
a colleague of yours|one of your team|one of your people|a teammate|an employee|an associate|a coordinator
a doctor|a nurse|a pharmacist|the receptionist|the front desk|reception|the concierge|a librarian
a teacher|a tutor|an instructor|the secretary|the school office|the registrar|a counsellor|my caseworker
a moderator|a mod|an admin|the admin|a gamemaster|a game master|a GM|a community manager
a banker|a teller|a loan officer|a claims adjuster|my account manager|my adviser|our account manager
a dispatcher|dispatch|the driver|the courier|a driver|the landlord|the property manager|a broker
a lawyer|an accountant|the billing team|billing|accounts|the fraud team|the returns department|sales
someone from billing|someone in sales|somebody from your team|customer service|customer support|tech support
support|level two|second line|tier 2|the duty officer|the pastor|the priest|the chef|a guide|a travel agent
a guy|a dude|some dude|a living person|a living being|a human being|a person with a brain|an actual person
an actual human|a flesh and blood human|the same agent as before|the lady from yesterday|a customer care rep
"""

ENGLISH_WISHES = """
{p}
{p} please
{p} pls
{p} now
{b} please
{b}!
{b} now
I need {p}
i need {p} asap
need {p}
need {b}
I want {p}
i want to talk to {p}
I want to speak to {p}
I want to speak with {p}
I'd like to speak to {p}
I would like to chat with {p}
I'd prefer to deal with {p}
I'd rather talk to {p}
I prefer {p}
i wanna talk to {p}
lemme talk to {p}
let me talk to {p}
let me speak with {p}
can I talk to {p}
can i speak with {p}?
can I chat with {p} here?
can I get {p}
can I get {p} on here?
can I have {p} please
could I speak to {p}?
could I have {p} look at this
may I speak with {p}
may I please be assisted by {p}
could {p} take over
can {p} take this over
can {p} jump in
can {p} step in here?
can {p} join this chat
can {p} answer me instead of a bot
would {p} reply to me personally
please have {p} answer me
have {p} look at my case
have {p} join the chat
let {p} handle this
get me {p}
get {p}
get {p} on the line
get {p} in here
just get me {p}
give me {p}
gimme {p}
gimme {b}
bring {p} into the chat
bring in {p}
pull in {p}
fetch {p}
call {p} to the chat
summon {p}
find me {p}
send me to {p}
send in {p}
put me through to {p}
put me on to {p}
put {p} on
put {p} on please
pass me to {p}
pass this to {p}
hand me over to {p}
hand this over to {p}
transfer me to {p}
transfer to {p}
transfer this chat to {p}
connect me to {p}
connect me with {p}
connect to {p}
patch me through to {p}
route me to {p}
switch me to {p}
forward me to {p}
escalate this to {p}
escalate to {p}
bump me up to {p}
loop in {p}
talk to {p}
speak to {p}
speak with {p}
chat with {p}
ask {p} to come here
tell {p} to join the chat
i asked for {p}
I asked for {p} twice already
i already asked for {p}
I keep asking for {p}
still waiting for {p}
still no {b}
still holding for {p}
how long till {p} picks up?
how long until {p} joins? I've been in the queue for ages
when is {p} going to answer me
where is {p} you promised
I was told {p} would join, where are they
it said {p} will join shortly, nobody came
i'll wait for {p}
I'd rather wait an hour for {p} than talk to you
i demand {p}
I insist on {p}
I request {p}
I request review by {p}
requesting {p}
I want {p} to look at this
I want {p} to review the decision
I will only talk to {p}
i will only deal with {p}
not you, {p}
no bot, {p}
no bots please, {b}
no ai, {p} only
stop the bot, {p}
skip the bot, get {p}
you're useless, get me {p}
ok then {p}
fine, {p} then
yes, {p}
yes please, {p}
is there {p} I can talk to?
is there {p} I could speak with?
is there {p} who can help me, not a bot
is {p} online? I need to talk to them
any chance of {p}?
any chance I can talk to {p}
how about {p}
back to {p} please, we were not finished
get {p} back please
reconnect me to {p}
don't give me links, give me {p}
I don't want articles, I want {p}
how many times do I have to ask for {p}?!
my mum needs to speak to {p} about her pension
"""

ENGLISH_OTHERS = """
what does {p} earn
how much does {p} earn?
how do I become {p}
I want to work as {p}
jobs for {p} in London?
I work as {p}, is there a discount
I am {p}, can I get a business plan
my brother is {p}, does he get a discount
what does {p} do all day
what is the difference between {p} and a bot
{p} told me yesterday it was shipped
{p} told me the fee would be waived, when?
{p} helped me yesterday, thanks
{p} said three days. When will it arrive?
{p} promised me a discount, where do I enter it
I spoke to {p} last week, what is the status?
I already talked to {p}, all sorted
After talking with {p} I got a code, where does it go
I don't need {p}
i dont want {p}
no need for {p}
no need to get {p}
please don't call {p}
don't transfer me to {p}
don't connect me to {p}
you don't have to get {p}
I'd rather not talk to {p}
no {b} please
no {b} needed thanks
cancel the request for {p}
never mind {p}, fixed it
without {p} please
I hate talking to {p}, so a bot is fine
what is the name of {p}
what's the email of {p}
what hours does {p} work
is {p} in on Thursdays?
how much is an hour with {p}
how much does it cost to hire {p}
book me with {p} on Friday
appointment with {p} next week?
how do I add {p} to my workspace
how do I assign {p} to a ticket in the dashboard
how do I remove {p} from the account
can we rename {b} to advisor in the widget
which permissions does {p} have
does your product support handing over to {p}?
is there an api to assign a chat to {p}
where do I change the role of {p}
the {b} report does not export
write a dialogue with {p}
write an email to {p} asking for a day off
draft a greeting for {p}
translate "get me {p}" into French
what does "get me {p}" mean
the button says "talk to {p}" but it is broken
in the movie he yells "I want {p}", what is it called
are you {p}?
are you {p} or a bot
is this {p} or a robot
am I talking to {p}?
can {p} see my messages
do I need {p} to sell my house
does {p} have to sign the form?
can another {b} pick up my order
a gift for {p}, any ideas?
{b} costume in size M?
a film about {p}, when is it on
movie tickets for {p} and a child
my {b} is on holiday, who signs?
my {b} wants a receipt, how do I get one
are your {b}s from here
how many {b}s do you have
do not put me through to {p}
no {b} please, just answer
I'd rather talk to you than {p}
thanks to {p}
send my love to {p}
if someone asks to speak to {p}, what do I say
translate: connect me to {p}
summarize the chat with {p}
"""

UNCLEAR = """
мне не помогло
это не помогает
вы меня не поняли
ответ не подходит
так и не работает
проблема осталась
проблема не решена
я это уже пробовал
уже всё перепробовала
толку ноль
какой смысл от вас
вы бесполезны
бот тупой
тупой бот
бот не понимает
ненавижу ботов
ненавижу роботов
достали ваши боты
ужасный сервис
отвратительное обслуживание
кошмар а не сервис
я в бешенстве
сколько можно
это уже в пятый раз
пятый раз спрашиваю
никто не отвечает
вторые сутки тишина
кто-нибудь читает?
тут кто-нибудь есть?
есть кто?
алло
ау
помогите
помогите срочно
помогите пожалуйста кто-нибудь
кто может помочь
к кому обратиться
куда обратиться с этим
куда вам звонить
как с вами связаться
как до вас дозвониться
как связаться с оператором
как связаться с поддержкой?
как позвонить оператору
как поговорить с человеком?
а оператор есть?
операторы есть?
операторы сейчас работают?
есть свободные операторы?
живые операторы у вас вообще есть?
здесь бывают живые люди?
может, оператора?
может лучше к человеку
наверное нужен человек
наверное тут нужен специалист
раньше тут люди отвечали
перезвоните мне
позвоните мне
наберите меня
жду звонка
свяжитесь со мной
напишите мне
буду жаловаться
хочу пожаловаться
хочу оставить жалобу
жалоба на курьера
жалоба на сотрудника
примите претензию
подам в суд
мой вопрос нестандартный
у меня сложный вопрос
бот не справится
нужна помощь
нужна консультация
можно задать вопрос лично?
мне нужно поговорить
что мне теперь делать
верните деньги немедленно, я в ярости
долго ещё ждать?
так и будете молчать?
that didn't help
not helpful
you are not helping
you don't understand
that's not what I asked
not what i meant
still not working
still broken
tried that already
I've tried everything
this is the fifth time I ask
I've explained this three times
you're useless
useless bot
stupid bot
I hate bots
I hate chatbots
worst service ever
terrible support
this is ridiculous
this is unacceptable
I'm furious
I'm done with this
fed up
nobody answers
nobody is helping me
is anyone there
anyone there?
anybody here
is anyone reading this
hello?? anyone
help
help me please
somebody help
can someone help me
who can help me
who do I talk to about this
who do I contact
how do I contact you
how do I contact an agent
how can I reach support?
how do I reach a human
how do i talk to a person
do you have live agents
do you have live chat
are there real people here
are agents available
is an agent available?
are your operators online now
maybe a human would be better
maybe I need an agent
maybe someone else knows
call me
call me back
please phone me
ring me tomorrow
can you give me a call
contact me
get back to me asap
have someone contact me
I want to complain
I want to make a complaint
complaint about the driver
I'd like to file a complaint
my case is complicated
my question is special
I need help
I need proper help
I need assistance
can I ask someone
I need to talk
can we talk
what am I supposed to do now
there used to be people here
"""

ORDINARY = """
где мой заказ|когда привезут|как вернуть товар|сколько стоит доставка|не приходит код|не работает приложение
как сменить пароль|как оплатить картой|какой размер выбрать|есть ли скидка|когда откроется магазин|где чек
какой адрес|до скольки работаете|как отменить подписку|почему списали деньги|можно вернуть без чека|привет
здравствуйте|спасибо|спасибо, разобрался|пока|да|нет|ок|хорошо|понятно|отмена|добрый день, есть вопрос по доставке
переведите деньги на карту|переведи текст на английский|переведите 500 рублей на счёт|подключите интернет
подключите услугу автоплатёж|подключи второй телефон|соедини два файла|соедините таблицы|передайте показания
передать показания счётчика|переключите на тёмную тему|переключается канал сам|позовите меня на вебинар
пригласите друга и получите бонус|вызовите такси на шесть|вызвать эвакуатор|вызовите скорую|дайте скидку
дайте промокод|дай рецепт|дайте ссылку|дай номер карты|дайте инструкцию|нужен договор|нужна справка|нужен чек
нужен размер побольше|мне нужен кредит|мне нужен красный|хочу заказать пиццу|хочу вернуть деньги|хочу билет
хочу поменять тариф|можно чёрный?|можно без сахара|можно завтра?|можно на час позже|жду посылку|жду возврат
жду курьера с девяти, когда он будет|сколько ждать посылку|сколько ждать возврат денег|где посылка|где кнопка
где обещанная скидка|где обещанный кэшбэк|пусть курьер оставит у двери|пусть привезут вечером|как связать аккаунты
связь пропадает|связь плохая дома|нет связи с роутером|живая музыка будет?|живые цветы есть|живая ёлка
живой журнал|поддержка андроида есть?|поддержка 5g|поддержка русского языка|человек-паук во сколько
сколько человек помещается|на четырёх человек|столик на двоих|нас шесть человек|права человека|для пожилого человека
мобильный оператор|оператор связи|туроператор|оператор сравнения в php|оператор switch|логический оператор
менеджер паролей|менеджер задач не открывается|диспетчер устройств пустой|диспетчер задач|агент по недвижимости
страховой агент|мастер пароль забыл|мастер-класс когда|мастер установки завис|ванная мастер и маргарита
директор яндекс реклама|администратор домена|от имени администратора|консультант плюс обновление
where is my order|when will it arrive|how do I return this|how much is shipping|I did not get the code
the app crashes|how do I change my password|do you take visa|which size should I buy|is there a discount
when do you open|where is my receipt|what is the address|how do I cancel|why was I charged twice|hi|hello|thanks
thanks that worked|bye|yes|no|ok|got it|good morning, a question about delivery|transfer money to my card
transfer 200 to savings|connect my headphones|connect the printer|connect to wifi|connect two accounts
call a taxi|call a cab for six|call forwarding setup|give me a discount|give me the link|give me the recipe
give me the phone number|get me a ticket to Rome|get me a refund|get me the blue one|put it on my card
put the parcel by the door|pass the parcel game|I need an invoice|I need a receipt|I need a refund
I need a bigger size|I need a visa|I want a refund|I want a pizza|I want to cancel|I want to change my plan
can I get a refund|can I get a discount|can I have it in red|can I pay in cash|can I bring a friend
can I speak Spanish here|still waiting for my parcel|still no refund|still no package|still waiting for my code
how long until it ships|where is the button|where is the discount you promised|let the driver leave it outside
live stream is lagging|live music tonight?|live wallpaper|real leather?|real madrid shirt|human hair wigs
human resources form|human error, wrong address|price per person|two person tent|third person view|in person or online
person of the year|travel agent fees|estate agent fees|cleaning agent|agent smith|user agent string|free agent
tour operator|mobile operator|ternary operator|operator precedence|crane operator|boolean operators
password manager|task manager|package manager|window manager|football manager 2024|account manager job
customer support salary|lumbar support|support for android|does it support usb|child support|support group
front desk hours|staff discount|staff entrance|representative sample|sales rep commission|sales tax|billing address
billing date|dispatch date|when do you dispatch|tutor price|teacher discount|doctor who tickets|nurse shoes size 8
driver update|driver's licence|printer driver|courier bag|guide to the city|game guide|admin panel|mod for minecraft
"""

RUSSIAN_LEADS = ["", "", "", "", "здравствуйте, ", "добрый день! ", "привет, ", "пожалуйста, ", "слушай, ", "бот, ",
                 "ну ", "так, ", "девушка, ", "короче ", "эй ", "алло, ", "будьте добры, ", "нет, ", "а ", "блин "]
ENGLISH_LEADS = ["", "", "", "", "hi, ", "hello, ", "please ", "ok ", "hey ", "look, ", "sorry, ", "bro ", "ugh ",
                 "no, ", "well ", "excuse me, ", "good morning, ", "bot, ", "just "]
RUSSIAN_TAILS = ["", "", "", "", "", " пожалуйста", " срочно", " плиз", "!", "!!!", " уже", " а не бота", " спасибо", "?"]
ENGLISH_TAILS = ["", "", "", "", "", " please", " asap", " now", "!", "!!", " thanks", " not a bot", "?", " pls"]

LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", [
    "a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
    "f", "h", "c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"]))


def lines(table):
    return [line for line in table.strip().split("\n")]


def cells(table):
    return [cell for line in lines(table) for cell in line.split("|")]


def transliterated(text):
    return "".join(LATIN.get(letter, letter) for letter in text.lower())


def misspelt(text, chance):
    """One letter dropped, doubled, swapped or replaced."""
    places = [i for i in range(1, len(text) - 1) if text[i].isalpha() and text[i + 1].isalpha()]
    if not places:
        return text
    i = chance.choice(places)
    kind = chance.randrange(4)
    if kind == 0:
        return text[:i] + text[i + 1:]
    if kind == 1:
        return text[:i] + text[i] + text[i:]
    if kind == 2:
        return text[:i] + text[i + 1] + text[i] + text[i + 2:]
    letters = "оаеиу" if text[i] in "оаеиуя" else "aeiou" if text[i] in "aeiou" else "тсрлнм" if text[i] > "z" else "tsrnl"
    return text[:i] + chance.choice(letters) + text[i + 1:]


def worn(text, chance, often=0.21):
    """The phrase as people type it, so often: misspelt, without marks, transliterated, shouted."""
    draw = chance.random() * 0.21 / often
    if draw < 0.12:
        text = misspelt(text, chance)
        text = misspelt(text, chance) if draw < 0.03 else text
    elif draw < 0.15:
        text = text.lower().translate(str.maketrans("", "", ".,!?"))
    elif draw < 0.18 and any("а" <= letter <= "я" for letter in text.lower()):
        text = transliterated(text)
    elif draw < 0.21:
        text = text.upper()
    return text


def made(chance, share):
    """Rows (label, text); of each pattern with each person a share is drawn."""
    rows = []

    def add(label, text, leads, tails):
        text = chance.choice(leads) + text
        if text[-1].isalpha():
            text += chance.choice(tails)
        rows.append((label, worn(text, chance)))

    groups = [line.split("|") for line in lines(RUSSIAN_PEOPLE)]
    for label, patterns in (("handoff", RUSSIAN_WISHES), ("not_handoff", RUSSIAN_OTHERS)):
        tails = RUSSIAN_TAILS if label == "handoff" else [""]
        leads = RUSSIAN_LEADS if label == "handoff" else RUSSIAN_LEADS[:7]
        for pattern in lines(patterns):
            for n, a, i, d in groups:
                if chance.random() < share:
                    add(label, pattern.format(n=n, a=a, i=i, d=d), leads, tails)
    for label, patterns in (("handoff", ENGLISH_WISHES), ("not_handoff", ENGLISH_OTHERS)):
        tails = ENGLISH_TAILS if label == "handoff" else [""]
        leads = ENGLISH_LEADS if label == "handoff" else ENGLISH_LEADS[:6]
        for pattern in lines(patterns):
            for person in cells(ENGLISH_PEOPLE):
                bare = person.split(" ", 1)[1] if person.split()[0] in ("a", "an", "the", "your", "my", "our") else person
                if chance.random() < share:
                    add(label, pattern.format(p=person, b=bare), leads, tails)
    for label, text in [("handoff", text) for text in lines(people.WISHES)] + [
            ("not_handoff", text) for text in cells(people.SMALL_TALK)]:
        russian = any("а" <= letter <= "я" for letter in text.lower())
        for _ in range(6 if label == "handoff" else 3):
            leads = RUSSIAN_LEADS[:8] if russian else ENGLISH_LEADS[:7]
            add(label, text, leads, ["", "", "?", "!", "...", " пожалуйста" if russian else " please"])
    for text in lines(UNCLEAR):
        russian = text[0] > "z"
        for _ in range(3):
            add("ambiguous", text, RUSSIAN_LEADS if russian else ENGLISH_LEADS, ["", "", "!", "?", "..."])
    for text in cells(ORDINARY):
        russian = text[0] > "z"
        for _ in range(3):
            leads = RUSSIAN_LEADS[:8] if russian else ENGLISH_LEADS[:7]
            add("not_handoff", text, leads, ["", "", "?", "!", " пожалуйста" if russian else " please"])
    return rows


# Ending of the nominative, how much of it is cut off, the three other endings.
ENDINGS = [
    ("ший", 2, "его им ему"), ("щий", 2, "его им ему"), ("ний", 2, "его им ему"), ("кий", 2, "ого им ому"),
    ("гий", 2, "ого им ому"), ("ый", 2, "ого ым ому"), ("ой", 2, "ого ым ому"), ("щая", 2, "ую ей ей"),
    ("ая", 2, "ую ой ой"), ("ия", 1, "ю ей и"), ("ца", 1, "у ей е"), ("ша", 1, "у ей е"), ("а", 1, "у ой е"),
    ("я", 1, "ю ей е"), ("ок", 2, "ка ком ку"), ("ец", 2, "ца цом цу"), ("ь", 1, "я ем ю"), ("й", 1, "я ем ю"),
    ("ж", 0, "а ем у"),
] + [(letter, 0, "а ом у") for letter in "бвгдзклмнпрстфхцчшщ"]
ADJECTIVES = [ending for ending, _, _ in ENDINGS[:9]]
IRREGULAR = {"ваш": "ваш вашего вашим вашему", "душа": "душа душу душой душе", "повар": "повар повара поваром повару",
             "портье": "портье портье портье портье", "хостес": "хостес хостес хостес хостес",
             "ребята": "ребята ребят ребятами ребятам", "Павел": "Павел Павла Павлом Павлу",
             "отдел": "отдел отдел отделом отделу", "юротдел": "юротдел юротдел юротделом юротделу",
             "существо": "существо существо существом существу", "разумное": "разумное разумное разумным разумному",
             "человеческое": "человеческое человеческое человеческим человеческому",
             "кто": "кто кого кем кому"}


def declined(name):
    """Nominative, genitive and accusative, instrumental, dative of a person or an office.

    Adjectives and the noun behind them change; what follows the noun stays.
    """
    forms, isDone = [], False
    words = name.replace("-", " - ").split()
    for place, word in enumerate(words):
        rule = next((rule for rule in ENDINGS if word.endswith(rule[0])), None)
        if isDone or word in ("-", "то", "нибудь", "с", "из"):
            forms.append([word] * 4)
            isDone = isDone or word in ("с", "из")
        elif word in IRREGULAR:
            forms.append(IRREGULAR[word].split())
            isDone = word not in ("ваш", "кто", "разумное", "человеческое", "Павел")
        elif rule:
            stem = word[:len(word) - rule[1]]
            forms.append([word] + [stem + ending for ending in rule[2].split()])
            isDone = rule[0] not in ADJECTIVES and words[place + 1:place + 2] != ["-"] and word[0].islower()
        else:
            forms.append([word] * 4)
    cases = [" ".join(form).replace(" - ", "-") for form in zip(*forms)]
    return [cases[0], name, *cases[2:]] if name.endswith("отдел") else cases


def talk(chance, share):
    """Rows (label, text) of further people, wished for or talked about, and of things in the same words."""
    rows = []

    def add(label, patterns, forms, russian, often=1.0):
        leads = RUSSIAN_LEADS if russian else ENGLISH_LEADS
        tails = RUSSIAN_TAILS if russian else ENGLISH_TAILS
        if label == "not_handoff":
            leads, tails = leads[:7], ["", "", "?", "!", " пожалуйста" if russian else " please"]
        for pattern in lines(patterns):
            for form in forms:
                if chance.random() < share * often:
                    text = chance.choice(leads) + pattern.format(**form)
                    if text[-1].isalpha():
                        text += chance.choice(tails)
                    rows.append((label, worn(text, chance)))

    def russian(table):
        return [dict(zip("naid", declined(name))) for name in cells(table)]

    def english(name, article="a"):
        article = "an" if article == "a" and name[0] in "aeio" else article
        return dict(p=f"{article} {name}" if article else name, b=name, n=name)

    trades, beings = russian(people.RUSSIAN_TRADES), russian(people.RUSSIAN_BEINGS)
    add("handoff", RUSSIAN_WISHES, trades, True)
    add("not_handoff", RUSSIAN_OTHERS, trades, True)
    add("handoff", RUSSIAN_WISHES, beings, True, 1.5)
    add("not_handoff", RUSSIAN_OTHERS, beings, True, 0.7)
    names = russian(people.RUSSIAN_NAMES)
    add("handoff", people.RUSSIAN_NAME_WISHES, names, True, 3)
    add("not_handoff", people.RUSSIAN_NAME_OTHERS, names, True, 3)
    add("not_handoff", people.RUSSIAN_THING_TALK, [dict(t=thing) for thing in cells(people.RUSSIAN_THINGS)], True, 2)
    articles = ["a", "the", "your", "my", "a", "your", ""]
    trades = [english(name, chance.choice(articles)) for name in cells(people.ENGLISH_TRADES)]
    beings = [dict(p=name, b=name) for name in cells(people.ENGLISH_BEINGS) + cells(people.ENGLISH_PLACES)]
    add("handoff", ENGLISH_WISHES, trades, False)
    add("not_handoff", ENGLISH_OTHERS, trades, False)
    add("handoff", ENGLISH_WISHES, beings, False, 1.5)
    add("not_handoff", ENGLISH_OTHERS, beings, False, 0.7)
    names = [english(name, "") for name in cells(people.ENGLISH_NAMES)]
    add("handoff", people.ENGLISH_NAME_WISHES, names, False, 3)
    add("not_handoff", people.ENGLISH_NAME_OTHERS, names, False, 3)
    add("not_handoff", people.ENGLISH_THING_TALK, [dict(t=thing) for thing in cells(people.ENGLISH_THINGS)], False, 2)
    return rows


def embedded(rows, chance, count):
    """Wishes with an ordinary matter before or behind them in the same sentence."""
    def isRussian(text):
        return any("а" <= letter <= "я" for letter in text.lower())

    def short(text):
        return text.rstrip(".!?) ") if len(text) < 70 and "\n" not in text and "«" not in text else ""

    matters = {True: [], False: []}
    wishes = {True: [], False: []}
    for label, text in rows:
        if short(text) and label == "not_handoff":
            matters[isRussian(text)].append(short(text))
        if short(text) and label == "handoff":
            wishes[isRussian(text)].append(short(text))
    result = []
    for _ in range(count):
        russian = chance.random() < 0.5
        wish, matter = chance.choice(wishes[russian]), chance.choice(matters[russian])
        other = chance.choice(matters[russian])
        between = chance.choice([", ", ", ", " ", " - ", ", а то ", ", потому что ", ". "] if russian
                                else [", ", ", ", " ", " - ", " because ", ", and ", ". "])
        pair = [wish, matter] if chance.random() < 0.6 else [matter, wish]
        result.append(("handoff", worn(between.join(pair), chance)))
        result.append(("not_handoff", worn(between.join([other, matter]), chance)))
    return result
