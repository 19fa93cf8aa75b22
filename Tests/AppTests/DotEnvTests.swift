import Testing

@testable import App

@Suite(".env files")
struct DotEnvTests {
  /// The expected values were made with python-dotenv 1.2.2.
  @Test(
    "values as python-dotenv reads them",
    arguments: [
      ("A=b", ["A": "b"]), ("A = b ", ["A": "b"]), ("  A=b", ["A": "b"]),
      ("export A=b", ["A": "b"]), ("exported=b", ["exported": "b"]), ("A=", ["A": ""]),
      ("A", [:]), ("A\nB=c", ["B": "c"]), ("# A=b\nB=c # d", ["B": "c"]),
      ("A=b#c", ["A": "b#c"]), ("A=#b", ["A": "#b"]), ("A= # b", ["A": "# b"]),
      ("A='b # c' # d", ["A": "b # c"]), ("A=\"b # c\"#d", ["A": "b # c"]),
      ("A='b\\nc'", ["A": "b\\nc"]), ("A=\"b\\nc\\t\\\"d\\\" \\x\"", ["A": "b\nc\t\"d\" \\x"]),
      ("A='it\\'s'", ["A": "it's"]), ("A='C:\\dir\\'", ["A": "C:\\dir\\"]),
      ("A=\"b\nc\r\nd\"\nE=f", ["A": "b\nc\r\nd", "E": "f"]),
      ("A=b\r\nC=d\rE=f", ["A": "b", "C": "d", "E": "f"]),
      ("'A'=b", ["A": "b"]), ("A=b=c==", ["A": "b=c=="]), ("A=b c  d", ["A": "b c  d"]),
      ("A=1\nA=2", ["A": "2"]), ("A.b-c=d", ["A.b-c": "d"]), ("A=b\"c\"", ["A": "b\"c\""]),
      ("Ключ=знач # ж", ["Ключ": "знач"]), ("\u{FEFF}A=b", ["A": "b"]), ("A='👍🏽'", ["A": "👍🏽"]),
      ("A=b\\n", ["A": "b\\n"]), ("A=''", ["A": ""]), ("", [:]), ("\n\n  \n", [:]),
    ])
  func values(text: String, values: [String: String]) {
    let file = DotEnv(text)
    #expect(file.values == values)
    #expect(file.problems.isEmpty)
  }

  @Test(
    "references as python-dotenv expands them",
    arguments: [
      ("A=b\nC=${A}/x", "b/x"), ("C=${NONE}!", "!"), ("C=${NONE:-d e}", "d e"),
      ("A=\nC=${A:-d}", ""), ("C='${HOME}'", "/home"), ("C=$HOME", "$HOME"),
      ("C=${HOME", "${HOME"), ("C=${HOME:x}", "${HOME:x}"), ("HOME=/file\nC=${HOME}", "/home"),
      ("C=${A}\nA=b", ""), ("A=${HOME}\nC=\"${A}${A}\"", "/home/home"), ("C=$${HOME}", "$/home"),
      ("C=${A:-${HOME}}", "${HOME}"), ("C=${}", ""),
    ])
  func references(text: String, value: String) {
    #expect(DotEnv(text, environment: ["HOME": "/home"]).values["C"] == value)
  }

  @Test(
    "a line that cannot be understood is told by its number, and the others still count",
    arguments: [
      ("A=b\nC='d\nE=f", 2), ("\n\n=x\nA=b\nE=f", 3), ("A=b\nC=\"d\" e\nE=f", 2),
      ("A=\"b\"\n''=x\nE=f", 2),
    ])
  func unreadable(text: String, line: Int) {
    let file = DotEnv(text)
    #expect(file.problems.map(\.line) == [line])
    #expect(file.values["A"] == "b")
    #expect(file.values["E"] == "f")
  }

  @Test("a value over several lines counts all of them")
  func lines() {
    let file = DotEnv("A='\r\n\r\n'\r\nB=c\rD=e\n\n# x\nF=g")
    #expect(file.lines == ["A": 1, "B": 4, "D": 5, "F": 8])
  }
}
