/// What a person's words say about the answers they got.
package enum DidNotHelp {
  /// Whether the text says that the answer did not help: «не помогло», «это не то», «тупой бот»,
  /// "not what I asked". Only the first sentences are read: such words come first or alone.
  package static func saysItDidNotHelp(_ text: String) -> Bool {
    says(TextScanner.words(in: TextScanner.bounded(text)))
  }

  static func says(_ words: [Word]) -> Bool {
    PhraseTable.sentences(of: words).contains(where: table.isFound)
  }

  /// Whether a question asks again what the one before asked.
  ///
  /// Both are compared as sets of words without small words; words that differ in their endings
  /// are the same. They repeat each other when two thirds of all their words are common. Replies
  /// of fewer than two such words («да», "ok", a number) repeat nothing.
  package static func isRepeat(_ one: String, _ other: String) -> Bool {
    let (first, second) = (subject(of: one), subject(of: other))
    guard first.count >= 2, second.count >= 2 else { return false }
    var rest = second
    var common = 0
    for word in first {
      guard let match = rest.firstIndex(where: { isSame($0, word) }) else { continue }
      rest.remove(at: match)
      common += 1
    }
    return common * 3 >= (first.count + rest.count) * 2
  }

  /// More words than this are not compared: the comparison takes each with each.
  private static let maximumWords = 64

  /// The words that make out what a text is about; empty for numbers alone.
  private static func subject(of text: String) -> [Letters] {
    var result: [Letters] = []
    for word in TextScanner.words(in: TextScanner.bounded(text)) where result.count < maximumWords {
      // Digits keep apart from letters by their numbers.
      let letters = word.letters.isEmpty ? word.digits.map { $0 + 100 } : word.letters
      let isSmall = word.letters.count <= 2 || smallWords.contains(word.letters)
      if (word.letters.isEmpty || !isSmall) && !result.contains(letters) { result.append(letters) }
    }
    return result.contains { ($0.first ?? 100) < 100 } ? result : []
  }

  private static func isSame(_ one: Letters, _ other: Letters) -> Bool {
    if one == other { return true }
    guard let first = one.first, first < 100 else { return false }
    let common = zip(one, other).prefix { $0 == $1 }.count
    return common >= max(3, max(one.count, other.count) - 3)
  }

  private static let smallWords = Set(
    """
    что как где когда это мне меня мой моя мое мои вас вам ваш для или если уже еще ещё ли же бы \
    пожалуйста здравствуйте привет спасибо хорошо подскажите скажите the and for are you your can \
    could would please what how where when does did have has with this that its hello thanks tell \
    ладно понятно окей okay yes нет опять снова again still все всё равно так тогда
    """.split(separator: " ").map { Alphabet.letters(of: $0) })

  private static let table = PhraseTable(
    """
    не|нихрена|нифига|ничего|ничем помог*
    ничего не помог*
    никак не помог*
    не|ничего … помогает
    не … помогло
    ^ это|эта|ты|вы|все не то $
    ^ не то $
    не то что|чего|о
    не то спрашив*
    не так понял*
    не про то
    не об этом
    не о том
    ^ не так $
    ^ неверно $
    ^ неправильно $
    не|ничего понимае*|понял|поняла|поняли|поймете|поймешь|понимаи*
    ^ ты|вы|он|бот … не понял*|понимае*
    мимо $
    вопрос|вопроса|проблема|проблему|задача … не решен*|решил*|решена|решается
    не решен* … вопрос|проблема
    не решил* … вопрос|проблему
    не отвеча*|ответил* на … вопрос*
    без|остался ответа $
    не по|на тот|теме|делу|вопрос
    другое|другом спрашив*|спросил*
    спрашив*|спросил* … другое|другом
    то самое отвеча*|пише*|$
    не это|этого спраши*|спросил*|имел*|просил*
    я не|совсем … это|этого|том|этом спр*
    все равно|еще не работает|получается|понятно|могу|выходит|то
    по прежнему|прежнему не работает|получается|могу
    опять|снова не то|работает|получается|помогло
    опять|снова ты|этот|эти|бот|робот|боты|роботы|за
    не ясно|понятно $
    ^ не работает $
    ^ не получ* $
    бесполезн*
    бестолк*
    толку от|нет|никакого|ноль|с
    никакого|никакой|никакои толк*|польз*
    пользы от|нет|никакой|ноль
    тупои|тупая|тупои|тупые|тупица|тупишь|тупит|тупо … бот|робот|ии|ты|$
    ты|вы тупои|тупая|глупыи|глупои|дурак|идиот*|дебил|тупите|тупишь|тормоз|бесполез*|бесишь|осел
    ^ тупои|тупица|идиот|дебил|дурак $
    дурацкии|глупыи|идиотский|идиотскии|тупорылый|тупорылыи|ужасныи|отвратит* бот|робот
    бот|робот … не справ*|понимает|понял|помог*|умеет|тупой|тупои|туп|отстои|глупыи|дурак
    бот|робот … бесполез*|тупои|тупит|ужас*|говно|дерьмо|отстой|отстои|надоел
    надоел*|достал*|задолбал*|бесит|бесят … бот*|робот*|отписки|шаблон*
    издевае*
    ^ ты|вы … меня бесишь|бесите|достал*
    одно и то же
    одно то
    одно тоже
    ходим|ходишь по кругу
    отвечае*|пишете|пишешь|хватит … одно|ерунд*|чушь|бред|шаблон*|отписк*|повторят*
    что за бред|чушь|ерунда|фигня
    ^ бред|чушь|ерунда|фигня|херня|отписк* $
    несешь|несете чушь|бред|ерунду|пургу|фигню
    ^ это чушь|бред|ерунда|неправда|ошибка $
    неправильныи|неверныи|плохои|ужасныи ответ
    ответ неправильныи|неверныи|плохой|плохои|не
    ne pomog*
    ne to $
    vy|ty … ne pon*
    ne ponim*
    didnt|doesnt|dosent|didn|doesn|dont|not|isnt|wasnt|arent|hasnt|aint help|helping|helpful|helped|useful
    did|does|do|have not|nothing help|helped|useful
    no|zero|little help|use $
    of no|little use|help
    nothing helps|helped|works|worked
    bot|it|ai doesnt|cant|dont understand|get|listen
    you|u|it|ur … dont|not|didnt|doesnt|cant|never|cannot … understand|understood|understanding|listening|listen|get|getting
    do|did not understand me|my|the|what|question
    misunderst*
    missed|missing|miss the|my point
    not what i|im … asked|ask|asking|meant|mean|wanted|want|need|said|looking
    isnt|wasnt|aint what i|im asked|ask|asking|meant|mean|wanted|want|need|said
    not|didnt|dont|never|doesnt answer|answering|answered … question|me
    thats|its|this|that|is not it $
    wrong answer|again|info|information
    thats|is|that|youre|your|its|answer wrong $
    ^ wrong|incorrect|nope|useless|nonsense|rubbish|garbage $
    useless
    pointless
    worthless
    ^ unhelpful $
    unhelpful
    stupid|dumb|idiot|idiotic|moron|moronic|braindead|terrible|worst|awful|horrible|crappy|shitty … bot|robot|machine|ai|chatbot|computer|$
    bot|robot|ai|chatbot|machine … stupid|dumb|sucks|terrible|useless|broken|awful|horrible|trash|garbage|worst|joke
    you|youre|ur|u are|re … stupid|dumb|idiot|joke|terrible|useless|clueless|hopeless|broken|sucks
    you|youre|ur|u a|stupid|dumb|an|so|such joke|stupid|dumb|idiot|moron|terrible|clueless|hopeless
    youre|ur stupid|dumb|clueless|hopeless|broken|useless
    you|u suck
    hate … bot|robot|machine|ai
    saying|repeating|keep|say|sending|telling|giving … same
    keep|stop repeating|looping|saying
    going|go in|round circles
    same answer|thing|response again
    still not|doesnt|isnt|didnt|wont|cant|cannot|dont … work*|help|solved|resolved|fixed|load|open|answer*
    still broken|unsolved|unresolved|nothing|confused|stuck
    ^ didnt|doesnt|it|that|this didnt|doesnt|dont|not work
    ^ didnt|doesnt|not work|working $
    problem|issue|question|case|ticket|query … not|isnt|still|never|wasnt|hasnt … solved|resolved|fixed|answered
    problem|issue remains|persists|exists
    unresolved|unsolved $
    this|that|its|thats is … ridiculous|nonsense|absurd|bullshit|rubbish|unacceptable|pathetic
    ^ this|its|thats|that ridiculous|nonsense|absurd|bullshit|rubbish|unacceptable|pathetic
    nobody|noone … helping|helps|answers|answering|listens|listening|cares
    """)
}
