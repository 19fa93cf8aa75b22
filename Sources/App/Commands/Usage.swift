/// How the program ends; the same for every command.
enum ExitStatus: Int32 {
  /// All went well.
  case well = 0
  /// Trouble was found.
  case trouble = 1
  /// The command line or the configuration is wrong.
  case usage = 2
}

/// The text that explains the command line.
enum Usage {
  /// What `--help` prints, and what follows the report of a wrong command line.
  static let text = """
    usage: switchboard COMMAND

    serve                      connect the bot with the model until told to stop
    demo                       try everything in the browser, without token and key
    check                      verify settings, token, webhook, model and store
    version                    print the version
    simulate telegram|model    run a stand-in of one service by itself
    quarantine list            show updates that could not be processed
    quarantine retry ID        process one of them again
    quarantine drop ID         give one of them up
    stats                      print the figures of the operators' work today
    eval handoff FILE.tsv      measure how well the wish for a person is recognised
    --help                     print this text

    Settings come from the environment and from a file .env in the working directory;
    .env.example describes each of them.

    exit status: 0 well, 1 trouble found, 2 wrong usage or configuration
    """
}
