import Conversation
import Foundation
import Testing

/// Every kind of state with every kind of event, against the table.
@Suite struct TransitionTableTests {
  private struct Cell: Hashable {
    var event: String
    var state: String
  }

  private static let cells: [(cell: Cell, expected: String)] = {
    var cells: [(Cell, String)] = []
    var events: [String] = []
    var isInEntry = false
    for line in TransitionTable.text.split(separator: "\n") {
      guard line.hasPrefix("  ") else {
        if isInEntry { events = [] }
        isInEntry = false
        events += line.components(separatedBy: " /")
          .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        continue
      }
      isInEntry = true
      let halves = line.components(separatedBy: " > ")
      for state in halves[0].split(separator: " ") {
        for event in events {
          cells.append((Cell(event: event, state: String(state)), halves[1]))
        }
      }
    }
    return cells
  }()

  @Test func theTableIsComplete() throws {
    let expected = Set(
      TableEvents.names.flatMap { event in
        TableStates.names.map { Cell(event: event, state: $0) }
      })
    let found = Set(Self.cells.map(\.cell))
    #expect(found.subtracting(expected).isEmpty, "cells of no known event and state")
    #expect(expected.subtracting(found).isEmpty, "cells that are missing")
    #expect(found.count == Self.cells.count, "a cell stands in the table twice")
  }

  @Test func everyKindOfEventHasARow() throws {
    let kinds = try TableEvents.names.map { name in
      TableEvents.kind(try #require(TableEvents.event(name, Fixture.fresh), "\(name)"))
    }
    #expect(TableEvents.kinds.subtracting(kinds) == [])
    #expect(Set(kinds).subtracting(TableEvents.kinds) == [])
  }

  @Test(arguments: TableStates.names)
  func eachStateFollowsTheTable(_ state: String) throws {
    let policy = TableStates.policy(state)
    for (cell, expected) in Self.cells where cell.state == state {
      var dialogue = try #require(try TableStates.dialogue(state))
      let before = dialogue
      let event = try #require(TableEvents.event(cell.event, dialogue))
      do throws(Refusal) {
        let effects = try dialogue.apply(event, policy: policy)
        let words = [TableWords.word(dialogue)] + effects.map { TableWords.word($0) }
        let same = TableWords.word(dialogue) == TableWords.word(before)
        #expect(
          words == expand(expected, from: same ? words[0] : "="), "\(state): \(cell.event)")
      } catch {
        #expect("!" + error.rawValue == expected, "\(state): \(cell.event)")
        #expect(dialogue == before, "a refused event changes nothing")
      }
      let copy = try JSONDecoder().decode(Dialogue.self, from: JSONEncoder().encode(dialogue))
      #expect(copy == dialogue)
    }
  }

  /// The words of a cell one by one, `=` being the state in which the dialogue was.
  private func expand(_ expected: String, from state: String) -> [String] {
    expected.split(separator: " ").flatMap { word -> [String] in
      if word == "=" { return [state] }
      let words = TransitionTable.together[String(word)] ?? String(word)
      return words.split(separator: " ").map(String.init)
    }
  }
}
