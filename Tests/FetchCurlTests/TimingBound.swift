import Foundation

/// The bounds of tests that measure delays.
///
/// `swift test` runs all tests concurrently, and the load on the machine delays everything, so a bound is twenty times
/// what the transport promises. `FETCHKIT_TIMING_FACTOR` in the environment replaces the factor: `1` for a run on an
/// otherwise idle machine, for which `.ci/run` has a step, and more with the thread sanitizer.
enum TimingBound {
    private static let factor = ProcessInfo.processInfo.environment["FETCHKIT_TIMING_FACTOR"].flatMap { Int($0) } ?? 20

    /// Returns the promised bound, multiplied by the factor.
    static func atMost(_ promised: Duration) -> Duration { promised * factor }
}
