import Testing

// `#expect` evaluates its argument where a value can't be changed; these take what a mutating call
// gave.

func expectTrue(
  _ value: Bool, _ comment: Comment? = nil, at location: SourceLocation = #_sourceLocation
) {
  #expect(value, comment, sourceLocation: location)
}

func expectEqual<Value: Equatable>(
  _ value: Value, _ expected: Value, at location: SourceLocation = #_sourceLocation
) {
  #expect(value == expected, sourceLocation: location)
}
