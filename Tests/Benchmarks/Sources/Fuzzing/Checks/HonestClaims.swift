import FetchCore

/// What any error and any state has to keep to, whatever an answer said.
enum HonestClaims {
    /// A hundred years: what FetchKit takes for the longest of all times.
    static let longest = Duration.seconds(3_155_760_000)

    /// Longer than any text that FetchKit makes of an answer.
    private static let longestMessage = 4_000

    static func check(_ duration: Duration?, _ what: String) throws {
        guard let duration else { return }
        try Violation.unless(duration >= .zero && duration <= longest, "\(what) is \(duration)")
    }

    static func check(_ error: FetchError) throws {
        try check(error.retryAfter, "an error's retryAfter")
        let text = error.description
        try Violation.unless(text.utf8.count <= longestMessage, "an error's text has \(text.utf8.count) bytes")
        try Violation.unless(
            !text.unicodeScalars.contains { $0.value < 0x20 || $0.properties.isBidiControl },
            "an error's text isn't fit for one line: \(text)"
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
