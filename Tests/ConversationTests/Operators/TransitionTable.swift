/// What follows from every kind of event in every kind of state.
///
/// An entry begins with the names of events (`TableEvents`), parted by ` / `. Each line below it names
/// states (`TableStates`), then what follows: `!` and the refusal, or the next state (`=`: as it was)
/// and the effects in their order. Capitals stand for effects that come together.
enum TransitionTable {
  static let together = [
    "CALLS": "mark:operatorRequested say:operatorRequested staff:requested show:waiting "
      + "log:requested",
    "COMES": "mark:operatorCame say:operatorConnected staff:taken show:operated log:taken",
    "COMES+": "mark:operatorCame say:operatorConnected staff:repeated staff:taken show:operated "
      + "log:taken",
    "BACK": "mark:botCameBack say:operatorDisconnected staff:returned show:bot log:returned",
    "ENDED": "mark:botCameBack say:requestEnded staff:returned show:bot log:returned",
    "WITHDRAWN": "mark:botCameBack say:requestEnded staff:withdrawn show:bot log:withdrawn",
    "CLOSES": "mark:closed say:dialogueClosed staff:closed show:closed log:closed",
    "PASSES": "staff:repeated say:operatorConnected staff:passed log:passed",
    "HELPS": "help words log:answered mirror",
    "HEARD": "said relay log:customerWrote",
    // Without a topic, or without any operators.
    "CALLS-": "mark:operatorRequested say:operatorRequested staff:requested log:requested",
    "COMES-": "mark:operatorCame say:operatorConnected staff:repeated staff:taken log:taken",
    "BACK-": "mark:botCameBack say:operatorDisconnected log:returned",
    "ENDED-": "mark:botCameBack say:requestEnded log:returned",
  ]

  static let text = """
    asks
      F nF nC > busy said job
      I > busy said relay job
      A > = said relay drop job
      Q > = said relay
      W0 W1 W2 W3 O P > = HEARD
      C > busy said show:bot relay job
      B > = say:banned
      nA > = said drop job
      nW > busy ENDED- job said drop job
      nO > busy BACK- remove job said drop job
    asks, perhaps a person / complains / complains, perhaps a person
      F > busy said job say:operatorOffered
      I > busy said relay job say:operatorOffered
      A > = said relay drop job say:operatorOffered
      Q > = said relay say:operatorOffered
      W0 W1 W2 W3 O P > = HEARD
      C > busy said show:bot relay job say:operatorOffered
      B > = say:banned
      nF nC > busy said job
      nA > = said drop job
      nW > busy ENDED- job said drop job
      nO > busy BACK- remove job said drop job
    asks for a person / complains, asks for a person
      F > wait0 said CALLS-
      I > wait0 said relay CALLS
      A Q > wait0 said relay drop CALLS
      W0 W1 W2 W3 O P > = HEARD
      C > wait0 said show:bot relay CALLS
      B > = say:banned
      nF nA > = said say:noOperators
      nW > busy ENDED- job said say:noOperators
      nC > idle said say:noOperators
      nO > busy BACK- remove job said say:noOperators
    /start
      F I nF > = say:greeting
      A Q nA > idle drop say:greeting
      W0 W1 W2 W3 O P > = say:newDialogueWithOperator
      C > idle show:bot say:greeting
      B > = say:banned
      nW > idle ENDED- job drop say:greeting
      nC > idle say:greeting
      nO > idle BACK- remove job drop say:greeting
    /help
      F I A Q W0 W1 W2 W3 O P C nF nA nW nO nC > = say:help
      B > = say:banned
    /new
      F I nF > = say:newDialogue
      A Q nA > idle drop say:newDialogue
      W0 W1 W2 W3 O P > = say:newDialogueWithOperator
      C > idle show:bot say:newDialogue
      B > = say:banned
      nW > idle ENDED- job drop say:newDialogue
      nC > idle say:newDialogue
      nO > idle BACK- remove job drop say:newDialogue
    /forget
      F I W0 W1 W2 W3 O P C nF nW nO nC > = wipe say:forgotten
      A Q nA > idle drop wipe say:forgotten
      B > = say:banned
    /whoami
      F I A Q W0 W1 W2 W3 O P C nF nA nW nO nC > = say:whoami
      B > = say:banned
    /privacy
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > = say:privacy
    /operator
      F > wait0 CALLS-
      I C > wait0 CALLS
      A Q > wait0 drop CALLS
      W0 W1 W2 W3 > busy WITHDRAWN job
      P > idle BACK
      B > = say:banned
      nF nA nC > = say:noOperators
      nW > busy mark:botCameBack say:requestEnded log:withdrawn job
      O > busy BACK remove job
      nO > busy BACK- remove job
    /forgetAll
      F I C B nF nC > = erase say:erased
      A Q nA > idle erase drop say:erased
      nW nO > idle erase log:returned say:erased
      W0 W1 W2 W3 O P > idle erase staff:returned log:returned say:erased
    /unknown
      F I A Q W0 W1 W2 W3 O P C nF nA nW nO nC > = say:unknownCommand
      B > = say:banned
    accepts a person
      F > wait0 CALLS-
      I C > wait0 CALLS
      A Q > wait0 drop CALLS
      W0 W1 W2 W3 O P > =
      B > !tooLate
      nF nA nC > = say:noOperators
      nW > busy ENDED- job say:noOperators
      nO > busy BACK- remove job say:noOperators
    declines a person
      F I A Q C nF nA nC > = say:offerDeclined
      W0 W1 W2 W3 O P B nW nO > !tooLate
    keeps the bot
      F I A Q O P C B nF nA nO nC > !tooLate
      W0 W1 W2 W3 > busy WITHDRAWN job
      nW > busy mark:botCameBack say:requestEnded log:withdrawn job
    rates
      F I A Q W0 W1 W2 W3 O P B nF nA nW nO > !tooLate
      C > = say:ratingThanks staff:rated log:rated
      nC > = say:ratingThanks log:rated
    comments
      F W0 W1 W2 W3 O P B nF nW nO > !tooLate
      I A Q C nA nC > = say:commentAsked
    Ann takes / Ann takes by force
      F > ann COMES-
      I C B > ann COMES+
      A Q > ann drop COMES+
      W0 W1 W2 W3 > ann COMES
      O P > =
      nF nA nW nO nC > !noOperators
    Bob takes
      F > bob COMES-
      I C B > bob COMES+
      A Q > bob drop COMES+
      W0 W1 W2 W3 > bob COMES
      O P > !alreadyTaken
      nF nA nW nO nC > !noOperators
    Bob takes by force
      F > bob COMES-
      I C B > bob COMES+
      A Q > bob drop COMES+
      W0 W1 W2 W3 > bob COMES
      O P > bob PASSES
      nF nA nW nO nC > !noOperators
    Ann writes
      F > ann COMES- help words log:answered
      I C B > ann COMES+ HELPS
      A Q > ann drop COMES+ HELPS
      W0 W1 W2 W3 > ann COMES HELPS
      O > = remove HELPS
      P > = HELPS
      nF nA nW nO nC > !noOperators
    Bob writes
      F > bob COMES- help words log:answered
      I C B > bob COMES+ HELPS
      A Q > bob drop COMES+ HELPS
      W0 W1 W2 W3 > bob COMES HELPS
      O > bob PASSES remove HELPS
      P > bob PASSES HELPS
      nF nA nW nO nC > !noOperators
    Ann edits / Bob edits
      F I A Q W0 W1 W2 W3 O P C B > = correctSource reword
      nF nA nW nO nC > !noOperators
    Ann notes / Bob notes
      F > = note
      I A Q W0 W1 W2 W3 O P C B > = note staff:note
      nF nA nW nO nC > !noOperators
    Ann passes to Cleo / Bob passes to Cleo
      F > cleo COMES-
      I C B > cleo COMES+
      A Q > cleo drop COMES+
      W0 W1 W2 W3 > cleo COMES
      O P > cleo PASSES
      nF nA nW nO nC > !noOperators
    Ann releases / Bob releases
      F I A Q C B > !notHeld
      W0 W1 W2 W3 > busy ENDED job
      P > idle BACK
      nF nA nW nO nC > !noOperators
      O > busy BACK remove job
    Ann closes / Bob closes
      F > closed mark:closed say:dialogueClosed log:closed
      I W0 W1 W2 W3 B > closed CLOSES
      A Q > closed drop CLOSES
      O > closed remove CLOSES say:ratingAsked
      P > closed CLOSES say:ratingAsked
      C > !notHeld
      nF nA nW nO nC > !noOperators
    Ann bans / Bob bans
      F I C B > = staff:banned
      W0 W1 W2 W3 > idle mark:botCameBack say:banned staff:returned show:bot log:returned staff:banned
      P > idle BACK staff:banned
      O > idle BACK remove staff:banned
      nF nA nW nO nC > !noOperators
      A Q > idle drop say:banned staff:banned
    Ann unbans / Bob unbans
      F I A Q W0 W1 W2 W3 O P C B > = staff:banned
      nF nA nW nO nC > !noOperators
    Ann asks for a draft / Bob asks for a draft / Ann asks for a summary /
    Bob asks for a summary
      F I A Q W0 W1 W2 W3 O P C B > = job
      nF nA nW nO nC > !noOperators
    Ann sends the draft
      F I A Q W0 W1 W2 W3 P C B > !tooLate
      O > = remove HELPS
      nF nA nW nO nC > !noOperators
    Bob sends the draft
      F I A Q W0 W1 W2 W3 P C B > !tooLate
      O > bob remove PASSES HELPS
      nF nA nW nO nC > !noOperators
    Ann drops the draft / Bob drops the draft
      F I A Q W0 W1 W2 W3 P C B > !tooLate
      O > = remove
      nF nA nW nO nC > !noOperators
    Ann resends / Bob resends
      F I A Q W0 W1 W2 W3 O P C B > = resend
      nF nA nW nO nC > !noOperators
    answer appears
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !staleAnswer
      A Q nA > =
    answer ready / answer stopped
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !staleAnswer
      A > idle reply answer mirror
      Q > = reply answer mirror job
      nA > idle reply answer
    answer failed
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !staleAnswer
      A > idle say:operatorOffered
      Q > = say:operatorOffered job
      nA > idle say:failure
    answer impossible
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !staleAnswer
      A nA > idle say:failure
      Q > = say:failure job
    model hands over
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !staleAnswer
      A Q > wait0 CALLS
      nA > idle say:failure
    sends a sticker
      F nF nA > = say:unsupported
      I A Q > = relay say:unsupported
      W0 W1 W2 W3 O P > = HEARD
      C > idle show:bot relay say:unsupported
      B > = say:banned
      nW > busy ENDED- job say:unsupported
      nC > idle say:unsupported
      nO > busy BACK- remove job say:unsupported
    edits a message
      F B nF nW nO nC > = correct
      I W0 W1 W2 W3 O P C > = correct staff:customerEdited
      A Q > = correct staff:customerEdited drop job
      nA > = correct drop job
    topic unnamed / reachable / Bob is lost / forum is lost / timer rings early
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > =
    stop
      F I W0 W1 W2 W3 O P C B nF nW nO nC > !nothingToStop
      A Q nA > = stop
    unreachable
      F I C B nF nO nC > =
      A Q nA > idle drop
      W0 W1 W2 W3 > idle staff:customerLeft show:bot log:withdrawn
      O P > = staff:customerLeft
      nW > idle log:withdrawn
    announcement
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > = say:started
    API wants a person
      F > wait0 CALLS-
      I C > wait0 CALLS
      A Q > wait0 drop CALLS
      W0 W1 W2 W3 O P > =
      B > !tooLate
      nF nA nW nO nC > !noOperators
    API asks
      F nF nC > busy said job
      I > busy said mirror job
      A > = said mirror drop job
      nA > = said drop job
      Q > = said mirror
      W0 W1 W2 W3 O P nW nO > !heldByPerson
      C > busy show:bot said mirror job
      B > !tooLate
    relay delivered
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > = delivered
    relay blocked
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > = blocked log:undelivered
    relay undelivered
      F I A Q W0 W1 W2 W3 O P C B nF nA nW nO nC > = undelivered log:undelivered
    answer withdrawn
      F nF nA nW nO nC > =
      I A Q W0 W1 W2 W3 O P C B > = staff:answerWithdrawn
    Ann is lost / Ann's chat is lost
      F I A Q W0 W1 W2 W3 C B nF nA nW nC > =
      O P > wait0 CALLS
      nO > busy BACK- remove job
    group is lost
      F I A Q W2 W3 O P C B nF nA nW nO nC > =
      W0 W1 > = staff:requested
    topic is lost
      F I A Q C B nF nA nW nO nC > =
      W0 W1 W2 W3 O P > = staff:repeated
    topic is made
      F I A Q B > = show:bot
      W0 W1 W2 W3 > = show:waiting
      O P > = show:operated
      C > = show:closed
      nF nA nW nO nC > =
    timer rings
      F I A Q C B nF nA nC > =
      W0 > wait1 staff:reminder log:reminded
      W1 > wait2 staff:requested
      W2 > wait3 say:operatorsBusy log:unclaimed
      W3 > busy ENDED job
      P > idle BACK
      nW > busy ENDED- job
      O > busy BACK remove job
      nO > busy BACK- remove job
    place changes
      F I A Q O P C B nF nA nW nO nC > =
      W0 W1 W2 W3 > = say:queuePlace
    """
}
