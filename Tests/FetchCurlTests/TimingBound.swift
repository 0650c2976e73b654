import Foundation

/// The bounds of tests that measure how late something is.
///
/// `swift test` runs all tests at once, and then the machine itself delays everything. With `FETCHKIT_STRICT_TIMING=1` in the
/// environment and nothing else to do, the bounds are those that the transport promises; `.ci/run` has a step for that.
enum TimingBound {
    private static let isStrict = ProcessInfo.processInfo.environment["FETCHKIT_STRICT_TIMING"] == "1"

    /// The promised bound, or twenty times that when other tests run.
    static func atMost(_ promised: Duration) -> Duration { isStrict ? promised : promised * 20 }
}
