/// An error message without a code, classified by phrases that ModelsLab's servers are known to send.
struct RequestErrorMessage {
    /// The words of the message in lowercase, with a space on each side, so that a phrase matches only whole words.
    private let sentence: String

    /// The number of characters that are searched.
    ///
    /// Every known error message is shorter. The message of a job can contain megabytes of its output.
    private static let maximumLength = 2_000

    init(_ message: String) {
        let words = message.prefix(Self.maximumLength).lowercased().split {
            !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’"
        }
        sentence = " " + words.joined(separator: " ") + " "
    }

    /// The HTTP status that corresponds to the message, or `nil` if the message contains no known phrase.
    var httpStatus: Int? {
        if contains(["rate limit", "too many requests"]) { return 429 }
        if isAboutAPIKey { return 401 }
        if contains(Self.paymentPhrases) { return 402 }
        if contains(Self.unknownJobPhrases) { return 404 }
        return contains(Self.serverErrorPhrases) ? 500 : nil
    }

    /// True if the message says that the account's credits are used up, and doesn't mention a rate limit.
    var isAboutCredits: Bool { contains(Self.creditPhrases) && !contains(["rate limit", "too many requests"]) }

    /// True if the message begins with a phrase for an unknown job.
    var beginsWithUnknownJob: Bool {
        Self.unknownJobPhrases.contains { sentence.hasPrefix(" \($0) ") }
    }

    private var isAboutAPIKey: Bool {
        contains(Self.keyPhrases) || contains(["api key", "apikey"]) && contains(Self.keyProblems)
    }

    /// Returns true if the message contains one of the phrases.
    ///
    /// The last word of a phrase without a trailing space is a prefix: "limit" also matches "limited".
    private func contains(_ phrases: [String]) -> Bool {
        phrases.contains { sentence.contains(" \($0)") }
    }

    /// The phrases for a key that isn't called an API key. They are narrow because a picture can have key points.
    private static let keyPhrases = [
        "invalid api ", "invalid key ", "api key is ", "key field is ", "key is invalid ", "key is expired ",
        "key has expired ", "key is missing ", "key is required ", "unauthorized", "unauthenticated",
    ]

    private static let keyProblems = [
        "invalid ", "expired ", "missing ", "not found ", "required ", "not valid ", "not provided ", "incorrect ",
    ]

    private static let creditPhrases = [
        "out of credit", "not enough credit", "credits exhausted", "insufficient balance", "insufficient credit",
        "insufficient fund",
    ]

    private static let paymentPhrases = creditPhrases + ["your wallet", "subscribe", "subscription"]

    private static let unknownJobPhrases = [
        "request not found", "video not found", "id not found", "no request found",
    ]

    private static let serverErrorPhrases = [
        "server error", "temporarily unavailable", "service unavailable", "bad gateway",
    ]
}
