/// Trades, first names and things that are asked for in the same words as people.
///
/// The notation is that of `RussianWords`. What stands here besides serves the linear model most:
/// what it learned of one trade holds for all.
enum PeopleWords {
  static let table = """
    staff: агроном/m адвокат/m акушерк/k аллерголог/m аналитик/m анестезиолог/m аниматор/m аптекар/s \
    архитектор/m аудитор/m аджастер/m бариста баристу баристои бармен/m библиотекар/s билетер/m бортпроводник/m бригадир/m \
    брокер/m вахтер/m верстальщик/m ветеринар/m ветврач/m водител/s воспитател/s вожат/j газовик/m гид/m \
    гинеколог/m горничн/j грузчик/m дежурн/j декан/m деканат/m дерматолог/m дизаинер/m диетолог/m \
    диспетчерск/j дознавател/s закроищик/m закроищиц/f замерщик/m завуч/m завхоз/m зоотехник/m \
    инспектор/m инструктор/m инкассатор/m кадровик/m кадровичк/k кассирш/f кинолог/m кладовщик/m \
    кладовщиц/f комендант/m кондитер/m кондуктор/m консьерж/m консьержк/k координатор/m контролер/m \
    корректор/m косметолог/m крановщик/m курьер/m лаборант/m лаборантк/k лифтер/m логист/m логопед/m \
    массажист/m массажистк/k машинист/m медбрат/m медсестр/f метролог/m методист/m механик/m \
    мерчендаизер/m монтажник/m монтер/m наставник/m настроищик/m невролог/m нян/i окулист/m онколог/m \
    оптометрист/m организатор/m ортодонт/m ортопед/m официант/m официантк/k охранник/m оценщик/m \
    парикмахер/m паспортист/m паспортистк/k педагог/m педиатр/m пекар/s переводчик/m пиарщик/m пожарник/m \
    портнои портного портному портным портье почтальон/m повар/m преподавател/s преподавательниц/f \
    приемщик/m приемщиц/f продавщиц/f провизор/m продюсер/m прораб/m проводник/m проводниц/f проректор/m \
    профессор/m психиатр/m психолог/m психотерапевт/m пчеловод/m распорядител/s расчетчик/m ревизор/m \
    регистратор/m редактор/m редакци/i режиссер/m реставратор/m риелтор/m риэлтор/m сантехник/m сварщик/m \
    сборщик/m сисадмин/m сметчик/m снабженец снабженца снабженцу сомелье спасател/s стилист/m \
    стоматолог/m страховщик/m стюардесс/f супервазер/m супервайзер/m сушист/m таможенник/m таргетолог/m \
    тату татуировщик/m тестировщик/m терапевт/m технолог/m технар/s товаровед/m тренер/m травматолог/m \
    турагент/m тьютор/m уролог/m участков/j учител/s учительниц/f фармацевт/m фельдшер/m физиотерапевт/m \
    финансист/m флорист/m фотограф/m хирург/m хореограф/m хозяика хозяику хозяике хостес часовщик/m швея \
    швею штурман/m эвакуаторщик/m экономист/m экспедитор/m экскурсовод/m эколог/m электрик/m \
    эндокринолог/m энергетик/m юрисконсульт/m ювелир/m репетитор/m священник/m батюшк/k эичар/m \
    аитишник/m тимлид/m девопс/m разраб/m безопасник/m сеил селлер/m начальниц/f бригад/f дирекци/i \
    администраци/i канцеляри/i лаборатори/i юротдел/m директриса директрису управдом/m капитан/m \
    диджеи диджея диджею диджеем ведущего ведущему ресепшен/m рецепшн/m замдиректора начальств/n

    staff: adjuster midwife plumber electrician lawyer solicitor paralegal attorney accountant bookkeeper \
    auditor banker barber barista bartender beautician beekeeper broker bursar butcher caretaker \
    carpenter cashier caterer chaplain chef chemist chiropractor cleaner clinician cobbler copywriter \
    councillor counsellor counselor coordinator curator dentist dermatologist detective dietitian \
    dispatch doorman driver editor electrician engineer engraver estimator firefighter florist foreman \
    gaffer gardener geologist glazier goldsmith groomer groundskeeper hairdresser handyman headteacher \
    hostess housekeeper hygienist inspector installer instructor interpreter investigator janitor \
    jeweller jeweler judge landlady landlord lecturer lender lifeguard locksmith machinist maid mason \
    masseuse matron mayor mechanic mediator medic mentor musician nanny navigator neurologist notary \
    nutritionist nurse optician organiser organizer orthodontist osteopath painter paramedic \
    pastor pediatrician paediatrician photographer physician physio physiotherapist \
    pilot plasterer plumber podiatrist porter postman priest principal producer professor programmer \
    promoter psychiatrist psychologist publicist rabbi radiologist ranger realtor recruiter referee \
    registrar repairman researcher roofer salesman saleswoman salesperson scheduler scientist seamstress \
    secretary shopkeeper sommelier sre stockbroker stylist surgeon surveyor sysadmin tailor \
    teacher therapist trainer translator treasurer trustee tutor underwriter upholsterer usher vet \
    veterinarian vicar waiter waitress warden watchmaker welder winemaker zookeeper devops gamemaster \
    courier paymaster payroll admissions escalations warehouse workshop bloke chap fella buyer \
    caseworker banker skipper steward stewardess valet trader coach

    name: александр/m алексе/s алин/f алис/f анастаси/i андре/s анн/f антон/m арин/f артем/m артур/m \
    борис/m вадим/m валентин/m валентин/f валери/i василии василия васю вася вер/f вероник/k виктор/m \
    виктори/i виталик/m владимир/m галин/f георгии глеб/m гульнар/f даша дашу дашеи дарья дарью денис/m дим/f \
    дмитрии дмитрия дмитрию дмитрием евгении евгения евгению екатерин/f елен/f елизавет/f женя женю иван/m игор/s илья илью \
    ильеи инн/f ирин/f камил/m карин/f кат/i кирилл/m константин/m ксени/i ксюш/f ларис/f лен/f леонид/m лид/i \
    лиз/f люд/f людмил/f макс/m максим/m марат/m маргарит/f марин/f мари/i маш/f михаил/m миш/f надежд/f \
    наталь/i натал/i наташ/f наст/i никит/f никола/s оксан/f олег/m оли олю оля олеи ольг/f павл/m павел паш/f петр/m \
    полин/f роман/m руслан/m рустам/m саш/f светлан/f свет/f сергеи сергея сергею сергеем степан/m софи/i тамар/f тан/i \
    татьян/f тимур/m федор/m эльвир/f юли/i юр/f яна яну яне янои
    name: marcus olivia james emma priya sarah tom daniel ana kevin linda ahmed chloe ben rachel diego \
    fatima jack maria steve grace ravi john mike michael david susan karen lisa jane anna kate \
    katie peter paul george robert bob jessica jenny laura amy emily sophie lucy hannah alex \
    chris matt andrew brian eric jason nick simon sam tony julia nina mohammed ali omar carlos juan

    thing: скидк/k промокод/m рецепт/m ссылк/k инструкци/i алмаз/m монет/f обещани/i совет/m парол/s чек/m \
    справк/k документ/m прайс/m каталог/m меню бланк/m шаблон/m пример/m список списка рекомендаци/i подсказк/k \
    ответ тост/m задач/f диет/f иде/i цитат/f формул/f решени/i погод/f размер/m доставк/k рассрочк/k \
    кредит/m выписк/k реквизит/m тариф/m безлимит/m подписк/k возврат обмен/m компенсаци/i кэшбек/m \
    бонус/m балл/m подар/m подарок подарка сертификат/m билет/m столик/m номерок такси пицц/f кофе суши плать/n \
    кроссовк/k чаиник/m ноутбук/m зарядк/k чехол чехла книг/f музык/f фото видео клятв/f \
    посылк/k заказ/m кот/m кота собак/k кошк/k мам/f пап/f бабушк/k подруг/f купон/m ключ/m план/m сон/m \
    интернет/m роутер/m модем/m вайфаи аккаунт/m приложени/i програм услуг/f оплат/f чаевых вод/f еда еду \
    комплимент/m правд/f секрет/m рейс/m отел/s поезд/m автобус/m маршрут/m прогноз/m курс/m тренировк/k
    thing: discount link promo recipe promise answer hint example advice idea summary translation directions \
    menu invoice receipt refund ticket flight hotel taxi cab pizza coffee tea charger laptop \
    kettle shipping gems coins credits voucher trial upgrade password code statement loan mortgage visa \
    appointment table room sleep nap dog cat kitten puppy boyfriend girlfriend mum mom dad costume excuse \
    workout diet homework formula map timetable weather score playlist picture logo tattoo opinion \
    details manual chart tracking order parcel package points size color colour shirt shoes dress jacket \
    coupon gift present subscription delivery return exchange insurance food water pillow towel key \
    account login quote plan truth secret compliment prices price deal deals sample samples
    """
}
