// Prints, for each line of the input, the grammar's reading and each sentence's features.
// Line breaks and tabs within a text are written as \n and \t.
while let line = readLine() {
  let text = line.replacing("\\n", with: "\n").replacing("\\t", with: "\t")
  let reading = HandoffRecognizer.reading(of: text)
  let sentences = reading.sentences.map { sentence in
    WishFeatures(sentence).buckets.map { String($0) }.joined(separator: " ")
  }
  print(reading.grammar.rawValue, sentences.joined(separator: ";"), separator: "\t")
}
