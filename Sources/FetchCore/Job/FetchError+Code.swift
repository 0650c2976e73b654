extension FetchError {
    /// The kind of a ``FetchError``.
    ///
    /// Later versions may add codes, so a `switch` over codes needs a default case.
    public struct Code: Sendable, CustomStringConvertible {
        /// The code's name, such as `deadlineExceeded`.
        public let description: String

        /// The code's number, such as 4004, which is also the code of an `NSError`. The number of a code never changes,
        /// and no other code ever has it.
        public let number: Int

        /// One short sentence for people.
        let sentence: String

        /// The value of ``FetchError/isRetryable`` for this code, unless the creator of the error sets another.
        let isUsuallyRetryable: Bool

        private init(_ number: Int, _ description: String, _ sentence: String, retryable: Bool = false) {
            self.number = number
            self.description = description
            self.sentence = sentence
            self.isUsuallyRetryable = retryable
        }
    }
}

extension FetchError.Code: Hashable {
    /// Compares two codes by their numbers. Codes that this version doesn't have are compared by their names.
    public static func == (one: Self, other: Self) -> Bool {
        one.number == other.number && (one.number != 0 || one.description == other.description)
    }

    /// Hashes the number.
    public func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

extension FetchError.Code {
    /// Creates a code that this version doesn't have, from the name that a later version has stored. Its number is 0.
    init(unknown name: String) { self.init(0, name, "The job or its polling has ended with an error.") }

    /// True if the cause isn't the job or its output, so that the output may be had when the cause is removed: the key,
    /// the account, the endpoint, the client, the network or the folder of its file.
    var hasRemovableCause: Bool {
        if number < 3_000 { return true }
        let codes: [Self] = [
            .unauthorized, .paymentRequired, .forbidden, .redirected, .malformedResponse, .responseTooLarge,
            .untrustedServer, .fileExists, .fileNotWritten, .storageFull,
        ]
        return codes.contains(self)
    }

    /// The value of ``FetchError/hasJobEnded`` for this code, unless the creator of the error sets another.
    var tellsEndOfJob: Bool {
        let codes: [Self] = [.jobFailed, .unusableOutput, .outputExpired, .incompleteOutput, .unexpectedOutput]
        return codes.contains(self)
    }
}

// Errors that are found before a request is sent.
extension FetchError.Code {
    /// The name of an endpoint or the identifier of a provider is malformed.
    public static let malformedName = Self(
        1001,
        "malformedName",
        "The name of an endpoint or provider is invalid."
    )
    /// A string isn't a job reference.
    public static let malformedReference = Self(1002, "malformedReference", "The job reference is invalid.")
    /// No request can be built from the endpoint's path template, base URL, query, headers or body.
    public static let malformedEndpoint = Self(1003, "malformedEndpoint", "The endpoint's declaration is invalid.")
    /// An endpoint of that name is already registered.
    public static let duplicateEndpoint = Self(1004, "duplicateEndpoint", "Two endpoints have the same name.")
    /// No endpoint of that name is registered.
    public static let unknownEndpoint = Self(1005, "unknownEndpoint", "No endpoint has this name.")
    /// The id isn't valid for the endpoint.
    public static let invalidID = Self(1006, "invalidID", "The job's id is invalid.")
    /// The credentials contain no key for the provider.
    public static let missingKey = Self(1007, "missingKey", "There is no key for the provider.")
    /// The key for the provider can't be sent: it is empty, or contains a space, a newline or another invalid
    /// character.
    public static let malformedKey = Self(1008, "malformedKey", "The provider's key isn't valid.")
    /// The credentials function failed. Retryable.
    public static let credentialsUnavailable = Self(
        1009,
        "credentialsUnavailable",
        "The provider's key is unavailable at the moment.",
        retryable: true
    )
    /// A request to the URL would be unsafe: plain http to another machine, a user name or password in the URL, or a
    /// foreign origin.
    public static let refusedURL = Self(1010, "refusedURL", "A request to this address would be unsafe.")
    /// Two tasks wait for the next element of one iterator. The first of them goes on waiting.
    public static let concurrentIteration = Self(1011, "concurrentIteration", "Two tasks share one iterator.")
}

// Errors of creating a transport, or of using it in a forked process.
extension FetchError.Code {
    /// The transport can't be used: a system library, file or thread is unavailable, or the transport was created
    /// before the process forked.
    public static let transportUnavailable = Self(2001, "transportUnavailable", "This process can't send requests.")
}

// Errors that a response reports.
extension FetchError.Code {
    /// The server refused the request (400, 422 and most other 4xx).
    public static let badRequest = Self(3001, "badRequest", "The provider refused the request.")
    /// The server refused the key (401).
    public static let unauthorized = Self(3002, "unauthorized", "The provider refused the key.")
    /// The account has an insufficient balance, an exhausted quota or no subscription (402, or another status with a
    /// provider's code for it).
    public static let paymentRequired = Self(3003, "paymentRequired", "The account's balance is insufficient.")
    /// The key has no access to the job (403).
    public static let forbidden = Self(3004, "forbidden", "The account has no access to the job.")
    /// The server doesn't know the job, or doesn't know it yet (404).
    ///
    /// Retryable: polling tolerates this error during ``PollingPolicy/notFoundGrace``.
    public static let jobNotFound = Self(3005, "jobNotFound", "The provider doesn't know the job.", retryable: true)
    /// The server limits the request rate (429). Retryable. This says nothing about the job.
    public static let rateLimited = Self(
        3006,
        "rateLimited",
        "The provider has received too many requests.",
        retryable: true
    )
    /// The server failed (5xx). Retryable.
    public static let serverError = Self(3007, "serverError", "The provider's server failed.", retryable: true)
    /// The server redirected the request (3xx). Redirects aren't followed.
    public static let redirected = Self(3008, "redirected", "The provider redirected the request.")
    /// The response can't be interpreted: it isn't JSON, is truncated, or contains no state. Retryable.
    ///
    /// Polling ends with this error, not retryable, after six identical ones in a row.
    public static let malformedResponse = Self(
        3009,
        "malformedResponse",
        "The provider's response can't be read.",
        retryable: true
    )
    /// The response's body exceeds the client's limit.
    public static let responseTooLarge = Self(3010, "responseTooLarge", "The provider's response is too large.")
    /// The job is done, but its output is invalid, such as a link that isn't http or https.
    public static let unusableOutput = Self(3011, "unusableOutput", "The job's output is unusable.")
    /// The server can't process the request at the moment: a conflict or a lock, a connection to the wrong server, or
    /// early data (409, 421, 423, 425, 449). Retryable.
    public static let temporarilyRefused = Self(
        3012,
        "temporarilyRefused",
        "The provider can't process the request at the moment.",
        retryable: true
    )
    /// A firewall or a bot check in front of the API responded in its place. Retryable. This says nothing about the
    /// job, nor about the key.
    public static let intercepted = Self(
        3013,
        "intercepted",
        "A firewall or bot check responded in place of the provider.",
        retryable: true
    )
    /// The job is done, but the server has no output of it (404 or 410 of a follow-up).
    ///
    /// Retryable like ``jobNotFound``, during ``PollingPolicy/notFoundGrace``.
    public static let outputExpired = Self(
        3014,
        "outputExpired",
        "The job's output has expired.",
        retryable: true
    )
}

// Errors of the network, of time limits, and of the job itself.
extension FetchError.Code {
    /// The request or its response was lost. Retryable.
    public static let connectionFailed = Self(
        4001,
        "connectionFailed",
        "The connection to the provider failed.",
        retryable: true
    )
    /// The server's certificate or protocol isn't trusted.
    public static let untrustedServer = Self(4002, "untrustedServer", "The provider's server isn't trusted.")
    /// A request took longer than ``PollingPolicy/requestTimeout``. Retryable.
    public static let requestTimeout = Self(4003, "requestTimeout", "The request took too long.", retryable: true)
    /// The job wasn't done within ``PollingPolicy/deadline``, or it was, and its output couldn't be fetched. Retryable,
    /// since the job may complete later.
    public static let deadlineExceeded = Self(
        4004,
        "deadlineExceeded",
        "The job didn't end in time.",
        retryable: true
    )
    /// The job ended without a result. ``FetchError/failure`` contains the reason.
    public static let jobFailed = Self(4005, "jobFailed", "The job failed.")
}

// Errors of saving an output as a file.
extension FetchError.Code {
    /// A file of the name exists already, and isn't to be replaced.
    public static let fileExists = Self(5001, "fileExists", "A file of this name exists already.")
    /// The file can't be written: its name isn't a plain one, the folder doesn't exist or can't be written to, or the
    /// system reports an error.
    public static let fileNotWritten = Self(5002, "fileNotWritten", "The file can't be written.")
    /// The volume or the quota has no space left for the file.
    public static let storageFull = Self(5003, "storageFull", "There is no space left for the file.")
    /// The output was received in part, or with other bytes than the server states. Retryable.
    public static let incompleteOutput = Self(
        5004,
        "incompleteOutput",
        "The job's output wasn't received completely.",
        retryable: true
    )
    /// The server sent a page, an error document or a message in place of the output. Retryable.
    public static let unexpectedOutput = Self(
        5005,
        "unexpectedOutput",
        "The server sent something else in place of the job's output.",
        retryable: true
    )
}
