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

  /// What a question is about, as bits: each of its words without small words and endings sets one of
  /// 64. Two questions are compared by what their bits have in common (`Question.areSame`); a text
  /// without such words, as a number alone, is about nothing.
  package static func gist(of text: String) -> UInt64? {
    var bits: UInt64 = 0
    var hasWord = false
    for word in TextScanner.words(in: TextScanner.bounded(text)) {
      if word.letters.isEmpty {
        // Digits keep apart from letters by their numbers.
        bits |= bit(word.digits.map { $0 + 100 })
      } else if word.letters.count > 2, !smallWords.contains(word.letters) {
        // Russian endings change, stems hardly.
        let length = word.letters.count > 6 ? 6 : 4
        bits |= bit(word.letters.prefix(length))
        hasWord = true
      }
    }
    return hasWord ? bits : nil
  }

  /// One of 64 bits by FNV-1a: the same in every process, unlike `Hasher`.
  private static func bit(_ stem: some Sequence<UInt8>) -> UInt64 {
    let hash = stem.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    return 1 << ((hash ^ hash >> 32) % 64)
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
