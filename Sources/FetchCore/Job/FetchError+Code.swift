extension FetchError {
    /// The kind of a ``FetchError``.
    ///
    /// Later versions may add codes, so a `switch` over codes needs a default case.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, such as `deadlineExceeded`.
        public let description: String

        /// The value of ``FetchError/isRetryable`` for this code, unless the creator of the error sets another.
        let isUsuallyRetryable: Bool

        private init(_ description: String, retryable: Bool = false) {
            self.description = description
            self.isUsuallyRetryable = retryable
        }
    }
}

// Errors that are found before a request is sent.
extension FetchError.Code {
    /// The name of an endpoint or the identifier of a provider is malformed.
    public static let malformedName = Self("malformedName")
    /// A string isn't a job reference.
    public static let malformedReference = Self("malformedReference")
    /// No request can be built from the endpoint's path template, base URL, query, headers or body.
    public static let malformedEndpoint = Self("malformedEndpoint")
    /// An endpoint of that name is already registered.
    public static let duplicateEndpoint = Self("duplicateEndpoint")
    /// No endpoint of that name is registered.
    public static let unknownEndpoint = Self("unknownEndpoint")
    /// The id isn't valid for the endpoint.
    public static let invalidID = Self("invalidID")
    /// The credentials contain no key for the provider.
    public static let missingKey = Self("missingKey")
    /// The key for the provider can't be sent: it is empty, or contains a space, a newline or another invalid
    /// character.
    public static let malformedKey = Self("malformedKey")
    /// The credentials function failed. Retryable.
    public static let credentialsUnavailable = Self("credentialsUnavailable", retryable: true)
    /// A request to the URL would be unsafe: plain http to another machine, a user name or password in the URL, or a
    /// foreign origin.
    public static let refusedURL = Self("refusedURL")
}

// Errors of creating a transport, or of using it in a forked process.
extension FetchError.Code {
    /// The transport can't be used: a system library, file or thread is unavailable, or the transport was created
    /// before the process forked.
    public static let transportUnavailable = Self("transportUnavailable")
}

// Errors that a response reports.
extension FetchError.Code {
    /// The server refused the request (400, 422 and other 4xx).
    public static let badRequest = Self("badRequest")
    /// The server refused the key (401).
    public static let unauthorized = Self("unauthorized")
    /// The account has an insufficient balance or no subscription (402).
    public static let paymentRequired = Self("paymentRequired")
    /// The key has no access to the job (403).
    public static let forbidden = Self("forbidden")
    /// The server doesn't know the job, or doesn't know it yet (404).
    ///
    /// Retryable: polling tolerates this error during ``PollingPolicy/notFoundGrace``.
    public static let jobNotFound = Self("jobNotFound", retryable: true)
    /// The server limits the request rate (429). Retryable. This says nothing about the job.
    public static let rateLimited = Self("rateLimited", retryable: true)
    /// The server failed (5xx). Retryable.
    public static let serverError = Self("serverError", retryable: true)
    /// The server redirected the request (3xx). Redirects aren't followed.
    public static let redirected = Self("redirected")
    /// The response can't be interpreted: it isn't JSON, is truncated, or contains no state. Retryable.
    public static let malformedResponse = Self("malformedResponse", retryable: true)
    /// The response's body exceeds the client's limit.
    public static let responseTooLarge = Self("responseTooLarge")
    /// The job is done, but its output is invalid, such as a link that isn't http or https.
    public static let unusableOutput = Self("unusableOutput")
}

// Errors of the network, of time limits, and of the job itself.
extension FetchError.Code {
    /// The request or its response was lost. Retryable.
    public static let connectionFailed = Self("connectionFailed", retryable: true)
    /// The server's certificate or protocol isn't trusted.
    public static let untrustedServer = Self("untrustedServer")
    /// A request took longer than ``PollingPolicy/requestTimeout``. Retryable.
    public static let requestTimeout = Self("requestTimeout", retryable: true)
    /// The job wasn't done within ``PollingPolicy/deadline``. Retryable, since it may complete later.
    public static let deadlineExceeded = Self("deadlineExceeded", retryable: true)
    /// The job ended without a result. ``FetchError/failure`` contains the reason.
    public static let jobFailed = Self("jobFailed")
}
