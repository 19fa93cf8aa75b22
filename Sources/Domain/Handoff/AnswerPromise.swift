/// Tells whether a model's answer promises to bring a person.
///
/// A second check behind the tool call: an answer that says so without the tool being called would
/// leave somebody waiting for nobody.
package enum AnswerPromise {
  /// Whether the answer says that a person is being called or will come: «Соединяю вас с
  /// оператором», "A representative will join shortly".
  ///
  /// Offers, questions, instructions, conditions, denials, quotations and code promise nothing.
  package static func promisesHandoff(_ answer: String) -> Bool {
    sentences(of: words(of: answer)).contains { sentence in
      guard !sentence.isQuestion, let start = promises.firstMatch(in: sentence.words) else {
        return false
      }
      return !sentence.words[..<start].contains(where: conditions.contains)
        && !denials.isFound(in: sentence.words)
    }
  }

  private static func words(of answer: String) -> [Word] {
    TextScanner.words(in: TextScanner.bounded(answer), keepingWholeQuotation: false)
  }

  private static func sentences(of words: [Word]) -> [(words: [Letters], isQuestion: Bool)] {
    var result: [(words: [Letters], isQuestion: Bool)] = []
    var sentence: [Letters] = []
    for word in words {
      if !word.letters.isEmpty { sentence.append(word.letters) }
      if word.stop >= .sentence {
        result.append((sentence, word.stop == .question))
        sentence = []
      }
    }
    result.append((sentence, false))
    return result
  }

  /// Words before the promise that make it depend on something, or tell how somebody else does it.
  private static let conditions = Set(
    """
    если хотите хочешь могу можем можете можно можешь сможете сможем нажмите нажми напишите напиши \
    скажите скажи отправьте чтобы чтоб когда после позвоните обратитесь готов готова готовы обычно \
    должен мог могла могли умею нет никогда вместо прежде введите выберите дайте пришлите укажите \
    уточните хотел хотела вчера ранее тогда нажав кнопка кнопку командой командой функция пример \
    if can could may might would when whenever once after before unless should press type click tap \
    cannot cant wont unable not never dont didnt couldnt wouldnt without instead want wish prefer \
    shall usually normally typically until able ask happy yesterday send example call write reply
    """.split(separator: " ").map { Alphabet.letters(of: $0) })

  private static let denials = PhraseTable(
    """
    не соедин*|переключ*|перевед*|перевож*|переда*|подключ*|позов*|зову|приглаш*|вызыв*|свяж*|направ*
    не смогу|буду|могу … соедин*|переключ*|перевести|передать|подключ*|позвать|пригласить|вызвать
    никто … не
    not|cannot|cant|wont|never|dont be|going|connect*|transfer*|able|escalat*
    will not
    """)

  private static let promises = PhraseTable(lines)

  private static let people =
    "оператор*|специалист*|менеджер*|консультант*|сотрудник*|коллег*|администратор*|человек*|"
    + "поддержк*|техподдержк*|руководител*|руководств*|эксперт*|представител*|инженер*|отдел*|"
    + "команду|команде|живому|живого|живым|людеи|людям|юрист*|врач*|мастер*|дежурн*|старшему"
  private static let comers =
    "оператор|операторы|специалист|специалисты|менеджер|менеджеры|консультант|сотрудник|"
    + "сотрудники|коллега|коллеги|администратор|человек|представитель|эксперт|инженер|юрист"
  private static let calling =
    "соединяю|переключаю|перевожу|передаю|подключаю|приглашаю|зову|вызываю|направляю|"
    + "перенаправляю|соединю|переключу|переведу|передам|подключу|позову|приглашу|вызову|свяжу|"
    + "направлю|перенаправлю|эскалирую|соединяем|переключаем|переводим|передаем|подключаем|"
    + "соединим|переключим|подключим|передадим|позовем|пригласим|связываю|связываем|переадресую|"
    + "переадресовываю|позвал|позвала|подключил|подключила|передал|передала|переключил|"
    + "переключила|вызвал|вызвала|пригласил|пригласила|перевел|перевела|направил|направила|"
    + "отправил|отправила|отправляю|уведомил|уведомила|уведомляю|перекидываю|перекину"
  private static let coming =
    "подключится|подключатся|присоединится|присоединятся|ответит|ответят|свяжется|свяжутся|"
    + "перезвонит|перезвонят|напишет|напишут|подоидет|займется|возьмет|вернется|поможет|"
    + "посмотрит|рассмотрит|выидет|придет"

  private static let agents =
    "agent|agents|operator|operators|human|person|representative|rep|manager|supervisor|"
    + "specialist|specialists|colleague|colleagues|someone|somebody|team|support|advisor|adviser|"
    + "staff|expert|consultant|department|assistant|people|engineer|administrator"
  private static let connectingNow =
    "connecting|transferring|transfering|forwarding|escalating|handing|routing|redirecting|"
    + "passing|looping|bringing|putting|calling|patching|getting|alerting|notifying|summoning|"
    + "switching|paging|assigning"
  private static let connect =
    "connect|transfer|forward|escalate|hand|route|redirect|pass|loop|bring|put|get|call|patch|"
    + "alert|notify|summon|switch|have|ask|assign|find|page|arrange|refer"
  private static let connected =
    "connected|transferred|forwarded|escalated|handed|routed|redirected|passed|notified|alerted|"
    + "called|asked|looped|assigned|summoned|contacted|flagged"

  private static let lines = """
    \(calling) … … \(people)
    \(people) … зову|позову|вызываю|подключаю|приглашаю|позвал*|подключил*|пригласил*|вызвал*
    \(calling) вас|тебя $
    \(calling) вас|тебя прямо|сеичас|немедленно
    \(comers) … … \(coming)
    \(coming) … … \(comers)
    с вами|тобои … свяжутся|свяжется
    вам|тебе … перезвонят|перезвонит|ответят
    передан|передана|передано|переданы|направлен*|переадресован*|переведен*|переключен* … … \(people)
    переключение|соединение|перевод … на|с|со … \(people) $
    ожидаите|дождитесь|подождите|оставаитесь … … \(people)
    \(comers) уже|скоро … идет|спешит|пути|рядом|здесь|видит|в|на
    im|am|are|were|been|being|now \(connectingNow) … … \(agents)
    ^ \(connectingNow) … … \(agents)
    please|one|moment|hold|sure|okay|ok|right|alright|understood|course|problem|great \(connectingNow) … … \(agents)
    im|am|are|were \(connectingNow) you $
    im|am|are|were \(connectingNow) you now|right|over|through
    ^ \(connectingNow) you|u now|$
    ill|will|gonna|well|shall \(connect) … … \(agents)
    ill|will|gonna|well now|also|gladly|quickly|just \(connect) … … \(agents)
    going|about|trying to \(connect) … … \(agents)
    let me \(connect) … … \(agents)
    let me just|quickly \(connect) … … \(agents)
    while i \(connect) … … \(agents)
    while i \(connect) you
    let me|ill|ill|will \(connect) you|u $
    let me|ill|will \(connect) you|u now|over|through|right
    ive|have|has|i just|already|now|been|\(connected) … … \(agents)
    ive|have|has|been|i|was|is|being \(connected) … … \(agents)
    youre|are|be|being|been \(connected) … … \(agents)
    \(agents) … will|ll be|join|reply|respond|contact|help|assist|get|reach|take|call|look|answer|follow
    \(agents) will|is … shortly|soon|moment|minute|joining|way
    \(agents) is|are joining|coming|taking|reviewing|way
    \(agents) … on … way
    wait|hold|stay … for … \(agents)
    """
}
