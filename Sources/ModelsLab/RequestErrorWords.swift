/// What a message without a code says of a request, in the words that servers were seen to use.
struct RequestErrorWords {
    /// The message's words in small letters, a space around each, so that no word is found within another.
    private let sentence: String

    /// Longer than any message that says what became of a request. What a job has printed may have megabytes.
    private static let longest = 2_000

    init(_ message: String) {
        let words = message.prefix(Self.longest).lowercased().split {
            !$0.isLetter && !$0.isNumber && $0 != "'" && $0 != "’"
        }
        sentence = " " + words.joined(separator: " ") + " "
    }

    /// The HTTP status that the message stands for, nil where its words are none of these.
    var httpStatus: Int? {
        if mentions(["rate limit", "too many requests"]) { return 429 }
        if isAboutTheKey { return 401 }
        if mentions(Self.ofMoney) { return 402 }
        if mentions(Self.ofUnknownJobs) { return 404 }
        return mentions(Self.ofServers) ? 500 : nil
    }

    /// Whether the message begins by saying that there is no such job.
    var beginsWithUnknownJob: Bool {
        Self.ofUnknownJobs.contains { sentence.hasPrefix(" \($0) ") }
    }

    private var isAboutTheKey: Bool {
        mentions(Self.ofKeys) || mentions(["api key", "apikey"]) && mentions(Self.flawsOfKeys)
    }

    /// Whether one of these stands in the message; a last word may go on, as “limited” does after “limit”.
    private func mentions(_ phrases: [String]) -> Bool {
        phrases.contains { sentence.contains(" \($0)") }
    }

    /// A key that isn't called an API key: these words and no more, since a picture may have key points.
    private static let ofKeys = [
        "invalid api ", "invalid key ", "api key is ", "key field is ", "key is invalid ", "key is expired ",
        "key has expired ", "key is missing ", "key is required ", "unauthorized", "unauthenticated",
    ]

    private static let flawsOfKeys = [
        "invalid ", "expired ", "missing ", "not found ", "required ", "not valid ", "not provided ", "incorrect ",
    ]

    private static let ofMoney = [
        "out of credit", "not enough credit", "credits exhausted", "insufficient balance", "insufficient credit",
        "insufficient fund", "your wallet", "subscribe", "subscription",
    ]

    private static let ofUnknownJobs = ["request not found", "video not found", "id not found", "no request found"]

    private static let ofServers = ["server error", "temporarily unavailable", "service unavailable", "bad gateway"]
}
