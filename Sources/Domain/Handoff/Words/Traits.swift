/// What a word can do in a wish for a person.
struct Traits: OptionSet, Hashable, Sendable {
  let rawValue: UInt64

  private static func bit(_ index: UInt64) -> Traits { Traits(rawValue: 1 << index) }

  // Who is asked for.
  static let agent = bit(0)  // operator, manager, consultant
  static let human = bit(1)  // a human, people, a guy
  static let alive = bit(2)  // live, real: a person even without a noun
  static let support = bit(3)  // support as a place
  static let staff = bit(4)  // doctor, boss, sales department: only in a call
  static let someone = bit(5)
  static let bot = bit(6)

  // What is asked.
  static let call = bit(7)  // call, connect, transfer
  static let give = bit(8)  // give, get: needs its object at once
  static let talk = bit(9)  // to talk, to write to
  static let want = bit(10)
  static let can = bit(11)
  static let letting = bit(12)  // let, so that, have someone do
  static let serve = bit(13)  // answer, help, look into
  static let ask = bit(14)  // a question for
  static let handOn = bit(15)  // calls that are a wish without an object: escalate, transfer me
  static let stop = bit(16)

  // Small words.
  static let me = bit(17)
  static let with = bit(18)
  static let filler = bit(19)
  static let function = bit(20)
  static let not = bit(21)
  static let but = bit(22)
  static let which = bit(23)  // what, which, when, how many
  static let how = bit(24)
  static let why = bit(25)
  static let place = bit(26)
  static let exists = bit(27)
  static let be = bit(28)
  static let you = bit(29)
  static let i = bit(30)
  static let number = bit(31)
  static let other = bit(32)  // another person, someone else

  // What makes the noun mean something else.
  static let third = bit(33)  // he, the customer
  static let speech = bit(34)  // said, asks
  static let frame = bit(35)  // write, translate, pretend
  static let work = bit(36)  // story, letter: what is written
  static let compound = bit(37)  // mobile operator, password manager
  static let topic = bit(38)  // programming
  static let job = bit(39)
  static let contact = bit(40)  // phone number, hours
  static let past = bit(41)
  static let cancel = bit(42)  // cancel, switch off
  static let money = bit(43)  // what "переведите" is about when it is not a person

  /// A word that plays no part in a wish and brings no subject of its own.
  static let aside = bit(44)

  // What only the model looks at.
  static let name = bit(45)  // a first name
  static let thing = bit(46)  // what else is asked for

  // Forms.
  static let nominative = bit(47)
  static let accusative = bit(48)
  static let instrumental = bit(49)
  static let plural = bit(50)
  static let customer = bit(51)  // customer service, technical support
  static let service = bit(52)
  static let might = bit(53)  // «не могли бы», «не подскажете»: not a negation
  static let mine = bit(54)
  static let condition = bit(55)
  static let adjective = bit(58)
  static let imperative = bit(59)

  /// Words that stand for a person or a place with persons.
  static let target: Traits = [.agent, .human, .alive, .support, .staff, .someone]
  /// Words that may lie between two that belong together.
  static let transparent: Traits = [
    .filler, .me, .function, .with, .adjective, .alive, .you, .i, .can, .exists, .be, .customer,
  ]
}

extension Traits {
  /// The traits by the names that the tables use.
  static let named: [String: Traits] = [
    "agent": .agent,
    "human": .human,
    "alive": .alive,
    "support": .support,
    "staff": .staff,
    "someone": .someone,
    "bot": .bot,
    "call": .call,
    "give": .give,
    "talk": .talk,
    "want": .want,
    "can": .can,
    "letting": .letting,
    "serve": .serve,
    "ask": .ask,
    "handOn": .handOn,
    "stop": .stop,
    "me": .me,
    "with": .with,
    "filler": .filler,
    "function": .function,
    "not": .not,
    "but": .but,
    "which": .which,
    "how": .how,
    "why": .why,
    "place": .place,
    "exists": .exists,
    "be": .be,
    "you": .you,
    "i": .i,
    "number": .number,
    "other": .other,
    "third": .third,
    "speech": .speech,
    "frame": .frame,
    "work": .work,
    "compound": .compound,
    "topic": .topic,
    "job": .job,
    "contact": .contact,
    "past": .past,
    "cancel": .cancel,
    "money": .money,
    "aside": .aside,
    "name": .name,
    "thing": .thing,
    "nominative": .nominative,
    "accusative": .accusative,
    "instrumental": .instrumental,
    "plural": .plural,
    "customer": .customer,
    "service": .service,
    "might": .might,
    "mine": .mine,
    "condition": .condition,
    "adjective": .adjective,
    "imperative": .imperative,
    "neutral": [],
  ]
}
