internal import CLinux
internal import Foundation

/// What a stretch of load cost, and how long people waited.
struct Measurement {
  var seconds = 0.0
  var answers = 0
  /// Processor seconds of the measured program.
  var processor = 0.0
  /// Processor seconds of the benchmark's own process: the stand-ins and the sender of updates.
  var ownProcessor = 0.0
  var previews = 0
  var addedMedian = 0.0
  var added99 = 0.0
  var acknowledged = 0
  var acknowledgementMedian = 0.0
  var acknowledgement99 = 0.0
  var refused = 0

  var perSecond: Double { Double(answers) / seconds }
  var perProcessorSecond: Double { Double(answers) / processor }
  var microsecondsEach: Double { processor / Double(max(answers, 1)) * 1e6 }
  var previewsEach: Double { Double(previews) / Double(max(answers, 1)) }

  /// Measures for some seconds what happens.
  static func take(
    _ seconds: Double, load: Load, program: Program, standIns: StandIns
  ) -> Measurement {
    load.reset()
    let previewsBefore = standIns.counts.previews
    let processorBefore = program.usage.processor
    let ownBefore = ownProcessor
    let begin = Nanoseconds.now
    load.run(seconds)
    var result = Measurement()
    result.seconds = (Nanoseconds.now - begin).inSeconds
    result.processor = program.usage.processor - processorBefore
    result.ownProcessor = ownProcessor - ownBefore
    result.previews = standIns.counts.previews - previewsBefore
    let tally = load.tally
    result.answers = tally.answers
    result.addedMedian = tally.added.percentile(0.5)
    result.added99 = tally.added.percentile(0.99)
    result.acknowledged = tally.acknowledgements.count
    result.acknowledgementMedian = tally.acknowledgements.percentile(0.5)
    result.acknowledgement99 = tally.acknowledgements.percentile(0.99)
    result.refused = tally.refused
    return result
  }

  private static var ownProcessor: Double {
    var usage = rusage()
    unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }
}
