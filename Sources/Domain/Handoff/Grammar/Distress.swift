/// Words that are a reason to offer a person although none is asked for.
enum Distress {
  /// Messages longer than this many words tell a story; the few words that end a dialogue with a
  /// bot are short.
  static let maximumWords = 40

  static func isHeard(in words: [Word]) -> Bool {
    guard words.count <= maximumWords else { return false }
    let sentences = PhraseTable.sentences(of: words)
    return DidNotHelp.says(words) || sentences.contains(where: table.isFound)
  }

  private static let table = PhraseTable(
    """
    ^ перезвон*|позвоните|позвони|наберите|перезвони
    позвоните|позвони|перезвон*|наберите мне|меня|нам|на|по|пожалуйста
    жду … звонка|звонок|перезвона
    свяжитесь|свяжись … мнои|нами
    закажите|заказать|нужен|прошу обратныи|звонок звонок
    обратныи звонок
    пожаловаться
    жаловаться
    жалоб*|претенз* … подать|оставить|написать|направить|принять|отправить|на
    подать|оставить|написать|направить|примите|напишу|хочу|приимите|отправить … жалоб*|претенз*|рекламаци*
    ^ жалоба|претензия $
    ^ помогите $
    ^ помогите|помоги мне $
    ^ помогите|помоги|спасите кто|меня|нибудь|кто
    ^ помоги $
    кто … главныи|старшии $
    who … in charge
    ^ ктонибудь|кто|кто помоги*|поможет|ответит|может
    ^ помощь|хелп|спасите|ау|алло|sos|сос $
    ^ ау|алло … есть|тут|кто|слышит|слышите
    нужна|нужно|нужен|требуется|прошу|окажите помощь|помощи $
    кто|ктонибудь|ктото … поможет|помочь|ответит|ответить|тут|здесь|есть|решить|решает
    есть|тут|здесь кто|ктонибудь|ктото|люди
    ^ можно|давайте|давай|хочу|надо|нужно|хотел|хотела с|со … поговорить|поговорим|пообщаться|обсудить|пообщаемся $
    ^ можно|давайте|давай|хочу|надо|нужно|хотел|хотела|бы поговорить|поговорим|пообщаться|обсудить|пообщаемся $
    с|к|со кем|кому … могу|можно|поговорить|обсудить|связаться|обратиться|обращаться|обсуждать
    ^ к кому
    как с вами|вами связаться
    связаться|обратиться|написать|дозвониться|попасть|позвонить с|в|до|на|со … поддержк*|техподдержк*|саппорт*|службу|службои|службы
    ^ поддержка|техподдержка|саппорт|тп $
    ^ служба поддержки $
    задать вопрос … комунибудь|кому|лично
    нестандартн*|сложныи|особыи|индивидуальныи вопрос|случаи|ситуация
    без бота|ботов|робота|роботов
    pomogite
    pomosh|pomosch|pomoshch
    perezvonite|pozvonite mne|pozhaluista
    ^ help|helpme|sos|hlp $
    ^ help|helpme me|us|someone|somebody|anyone|here|needed|now|asap $
    ^ i|we|im need|needing|want|require|needed|ned help|assistance|support $
    ^ i|we need|want some|your|ur|more|urgent|real help|assistance|support $
    ^ i|we need|want some help|assistance here
    ^ need|needing|want|ned some|urgent|help|assistance|support $
    ^ need|want help|assistance|support here|now|asap|urgently
    ^ can|could|will|would|cud|who you|u|someone|anyone|somebody|anybody|can help|assist me|us $
    ^ can|could|will|would you|u|someone|anyone|somebody|anybody help $
    ^ can|could|will|would|pls someone|anyone|somebody|anybody help|assist|answer
    ^ nobody|noone … help*|answer*|there
    ^ someone|somebody|anyone|anybody help|there|here|around|online
    anyone|anybody|somebody|someone there|here|around|home|awake|online|alive $
    ^ is|are any|there|some one|body|somebody|someone there|here
    ^ can|could|may|let we|i|us talk|speak|chat $
    ^ can|could|may we|i talk|speak|chat to|with you|u $
    ^ i|we want|need|wanna|would|gotta to|wanna|like|talk talk|speak|chat $
    ^ i wanna|gotta talk|speak|chat $
    ^ who|whom can|do|should|could i|we … talk|speak|contact|reach|ask|call|turn
    who|anyone|someone|anybody can|could … help|solve|resolve|fix|handle|sort
    call|phone|ring me|us back|now|asap|please|at|on|tomorrow|today|later|$
    ^ can|could|will|would you|u|someone|somebody call|phone|ring me|us
    give|gimme me|us|a … call|callback|ring $
    callback $
    call back $
    contact me|us
    get in touch with|$
    reach out to|$
    be|get contacted $
    complain
    complaint*|complain*|reclamation*|grievance
    lodge|lodging|file|filing|make|making|submit|register … claim … against|$
    claim against
    contact|reach|talk|speak|call|chat|message|email … support|service|care|assistance|helpdesk $
    contact|contacting|reach|talk|speak|talking|speaking|chat|chatting … customer|client|tech|technical|custmoer|costumer|consumer|your|ur support|service|care|assistance|helpdesk
    ^ tech|technical|customer|client|it|user|live|the support|service|services|care|assistance|helpdesk $
    ^ support|helpdesk $
    claim|claims $
    ^ … file|filing|lodge|lodging|make|making … claim
    """)
}
