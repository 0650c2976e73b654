extension FetchError {
    /// What kind of thing happened. More codes may come; code that switches over them needs a default.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, such as `deadlineExceeded`.
        public let description: String

        let isUsuallyRetryable: Bool

        private init(_ description: String, retryable: Bool = false) {
            self.description = description
            self.isUsuallyRetryable = retryable
        }
    }
}

// Found before anything is sent.
extension FetchError.Code {
    /// An endpoint's or provider's name isn't well formed.
    public static let malformedName = Self("malformedName")
    /// A text isn't a job reference.
    public static let malformedReference = Self("malformedReference")
    /// The endpoint contradicts itself: its path template, base URL, query or body can't make a request.
    public static let malformedEndpoint = Self("malformedEndpoint")
    /// An endpoint of that name is registered already.
    public static let duplicateEndpoint = Self("duplicateEndpoint")
    /// No endpoint of that name is registered.
    public static let unknownEndpoint = Self("unknownEndpoint")
    /// The id isn't one that the endpoint takes.
    public static let invalidID = Self("invalidID")
    /// There is no key for the provider.
    public static let missingKey = Self("missingKey")
    /// The key for the provider can't be sent as it is: it is empty, or holds a space or a newline.
    public static let malformedKey = Self("malformedKey")
    /// The source of the keys failed.
    public static let credentialsUnavailable = Self("credentialsUnavailable", retryable: true)
    /// The URL must not be asked: plain http to another machine, credentials inside, or a foreign origin.
    public static let refusedURL = Self("refusedURL")
}

// Found when a transport is created, or used in a forked process.
extension FetchError.Code {
    /// A system library, a file or a thread that a transport needs can't be had, or the transport is a forked process's parent's.
    public static let transportUnavailable = Self("transportUnavailable")
}

// Said by the server.
extension FetchError.Code {
    /// The server refused the request as such (400, 422 and the like).
    public static let badRequest = Self("badRequest")
    /// The server refused the key (401).
    public static let unauthorized = Self("unauthorized")
    /// The account has no money or no subscription left (402).
    public static let paymentRequired = Self("paymentRequired")
    /// The key may not ask about this job (403).
    public static let forbidden = Self("forbidden")
    /// The server doesn't know the job, or not yet (404). A wait tolerates it during the grace period.
    public static let jobNotFound = Self("jobNotFound", retryable: true)
    /// The server asks to slow down (429). It says nothing about the job.
    public static let rateLimited = Self("rateLimited", retryable: true)
    /// The server failed (5xx).
    public static let serverError = Self("serverError", retryable: true)
    /// The server sent the request elsewhere (3xx). Redirects aren't followed.
    public static let redirected = Self("redirected")
    /// The answer can't be understood: not JSON, cut off, or without a state.
    public static let malformedResponse = Self("malformedResponse", retryable: true)
    /// The answer is larger than the client's limit.
    public static let responseTooLarge = Self("responseTooLarge")
    /// The job is done, and its output can't be handed out: a link that isn't http or https.
    public static let unusableOutput = Self("unusableOutput")
}

// The network, time, and the job itself.
extension FetchError.Code {
    /// The request or its answer was lost on the way.
    public static let connectionFailed = Self("connectionFailed", retryable: true)
    /// The server's certificate or protocol can't be trusted.
    public static let untrustedServer = Self("untrustedServer")
    /// One request took longer than ``PollingPolicy/requestTimeout``.
    public static let requestTimeout = Self("requestTimeout", retryable: true)
    /// The job wasn't ready within ``PollingPolicy/deadline``. It may still become ready.
    public static let deadlineExceeded = Self("deadlineExceeded", retryable: true)
    /// The job ended without a result; ``FetchError/failure`` says why.
    public static let jobFailed = Self("jobFailed")
}
