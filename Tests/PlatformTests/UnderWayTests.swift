import Platform
import Testing

/// What is under way is known until its last try has ended.
@Suite struct UnderWayTests {
  @Test func whatMustBeAloneWaitsForTheEndOfAllOthers() {
    let underWay = UnderWay<Int>()
    #expect(underWay.begin(1, onlyIfAlone: true))
    #expect(!underWay.begin(1, onlyIfAlone: true))
    #expect(underWay.begin(2, onlyIfAlone: true))
    #expect(underWay.begin(1, onlyIfAlone: false))
    underWay.end(1)
    #expect(!underWay.begin(1, onlyIfAlone: true))
    underWay.end(1)
    #expect(underWay.begin(1, onlyIfAlone: true))
  }
}
