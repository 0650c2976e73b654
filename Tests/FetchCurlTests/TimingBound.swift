import Foundation

/// The bounds of tests that measure delays.
///
/// `swift test` runs all tests concurrently, and the load on the machine delays everything. With
/// `FETCHKIT_STRICT_TIMING=1` in the environment, the bounds are those that the transport promises. Such a run needs an
/// otherwise idle machine; `.ci/run` has a step for it.
enum TimingBound {
    private static let isStrict = ProcessInfo.processInfo.environment["FETCHKIT_STRICT_TIMING"] == "1"

    /// Returns the promised bound in a strict run, and twenty times the bound otherwise.
    static func atMost(_ promised: Duration) -> Duration { isStrict ? promised : promised * 20 }
}
