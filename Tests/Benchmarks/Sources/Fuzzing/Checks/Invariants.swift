import FetchCore

/// The invariants of every error and every state, whatever the response.
enum Invariants {
    /// The maximum duration in FetchKit: 100 years.
    static let maximumDuration = Duration.seconds(3_155_760_000)

    /// An upper bound on the length of an error's description.
    private static let maximumMessageBytes = 4_000

    static func check(_ duration: Duration?, _ name: String) throws {
        guard let duration else { return }
        try Violation.unless(duration >= .zero && duration <= maximumDuration, "\(name) is \(duration)")
    }

    static func check(_ error: FetchError) throws {
        try check(error.retryAfter, "an error's retryAfter")
        let text = error.description
        try Violation.unless(
            text.utf8.count <= maximumMessageBytes,
            "an error's description has \(text.utf8.count) bytes"
        )
        try Violation.unless(
            !text.unicodeScalars.contains { $0.value < 0x20 || $0.properties.isBidiControl },
            "an error's description has control characters: \(text)"
        )
        if let progress = error.lastProgress { try check(progress) }
        if let last = error.lastError { try check(last) }
    }

    static func check(_ progress: JobProgress) throws {
        try check(progress.eta, "an ETA")
        try check(progress.retryAfter, "retryAfter")
        if let fraction = progress.fraction {
            try Violation.unless((0...1).contains(fraction), "a fraction is \(fraction)")
        }
        _ = progress.description
    }
}
