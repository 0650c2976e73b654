import FetchCore
import Testing

@Suite("Durations from untrusted seconds") struct DurationClampingTests {
    private static let longest = 3_155_760_000.0

    @Test(arguments: [
        (0, 0), (-0.0, 0), (1, 1), (0.25, 0.25), (-1, 0), (-1e300, 0), (-.infinity, 0), (1e9, 1e9),
        (3_155_760_000, longest),
        (3_155_760_001, longest), (1e300, longest), (.infinity, longest), (.greatestFiniteMagnitude, longest),
        (.leastNonzeroMagnitude, 0),
    ])
    func `seconds are clamped to a range from zero to a hundred years`(seconds: Double, expected: Double) {
        #expect(Duration(clampingSeconds: seconds) == .seconds(expected))
    }

    @Test(arguments: [Double.nan, -.nan, .signalingNaN])
    func `NaN gives no duration`(seconds: Double) {
        #expect(Duration(clampingSeconds: seconds) == nil)
    }

    @Test(arguments: [0, 0.1, 0.5, 1, 1.25, 59.999, 86_400, 3_155_760_000, -0.1, -7])
    func `seconds survive conversion to a duration and back`(seconds: Double) {
        #expect(abs(Duration.seconds(seconds).seconds - seconds) <= abs(seconds).ulp)
    }

    @Test func `durations beyond Int64 seconds convert to seconds`() {
        let sum = Duration.seconds(Int64.max) + .seconds(Int64.max)
        #expect(sum.seconds > 1.8e19)
        #expect((.zero - sum).seconds < -1.8e19)
    }
}
