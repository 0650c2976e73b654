#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sends one request: looks up the key, builds and signs the request, and redacts the key in the response or error.
///
/// Everything that is the application's own has a limited time, and is left behind if it doesn't return in it.
final class RequestSender: Sendable {
    /// A response and the key of its request.
    struct Exchange {
        let response: FetchResponse
        /// `nil` if the request had no key.
        let key: UsedKey?
    }

    let builder: RequestBuilder
    let wallClock: @Sendable () -> Date

    private let transport: any FetchTransport
    private let clock: any Clock<Duration>
    private let timeline: Timeline
    /// True if the transport ends requests in time without a second task.
    private let enforcesTimeout: Bool
    /// Where functions of the application run that may block their thread.
    private let executor: any TaskExecutor
    /// Where decoders run that aren't known to be quick.
    private let decodingExecutor: any TaskExecutor

    init(
        transport: any FetchTransport,
        builder: RequestBuilder,
        clock: any Clock<Duration>,
        wallClock: @escaping @Sendable () -> Date
    ) {
        self.transport = transport
        self.builder = builder
        self.clock = clock
        self.wallClock = wallClock
        timeline = Timeline(clock)
        enforcesTimeout = transport.enforcesTimeout && clock is ContinuousClock
        let clockExecutor = (clock as? any ExecutorClock)?.taskExecutor
        executor = clockExecutor ?? BlockingExecutor.shared
        decodingExecutor = clockExecutor ?? BlockingExecutor.decoding
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - draft: The request without the key.
    ///   - form: The form of the endpoint's requests.
    ///   - keys: The keys of the account.
    ///   - replacement: The key to use in place of a refused one. Defaults to none.
    ///   - limit: The time limit.
    ///   - last: Receives what events say of the request, when it is sent and when there is a response.
    /// - Returns: The response, with the keys redacted.
    /// - Throws: ``FetchError``; `CancellationError`.
    func send(
        _ draft: RequestDraft,
        of form: RequestForm,
        for keys: AccountKeys,
        with replacement: UsedKey? = nil,
        within limit: TimeLimit,
        noting last: inout LastExchange
    ) async throws -> Exchange {
        try Task.checkCancellation()
        let provider = form.endpoint.provider
        // The first request has the entire time, a second one with another key what remains.
        var timeout = replacement == nil ? limit.timeout : try remaining(limit)
        guard timeout > .zero else { throw Self.timeoutError(limit) }
        var key = replacement
        if key == nil, draft.authorization != .none {
            let known = try keys.credentials.knownKey(for: provider, as: draft.authorization.purpose)
            if let known {
                key = known
            } else {
                key = try await loadedKey(of: keys, for: draft, form, timeout, limit)
                timeout = try remaining(limit)
            }
        }
        var request = try builder.request(draft, key: key?.key, timeout: timeout)
        var redaction = keys.knownKeys.redaction(sending: key?.key, to: provider)
        if case .signed = draft.authorization, let key {
            let signing = try await signing(request, of: form, key.key, redaction, timeout, limit)
            request = signing.request
            request.timeout = try remaining(limit)
            redaction = redaction.adding(signing.signatures)
        }
        last = LastExchange(host: draft.origin.host)
        let response = try await deliver(request, redaction, form.calls.unreturned, limit)
        last.status = response.status
        return Exchange(response: response.received(from: draft.url, at: wallClock()), key: key)
    }

    /// Returns the key that replaces one that the provider has refused.
    ///
    /// - Returns: Another key. `nil` if there is none, which makes the refusal final.
    /// - Throws: ``FetchError``; `CancellationError`.
    func key(
        replacing refused: UsedKey,
        of keys: AccountKeys,
        for draft: RequestDraft,
        _ form: RequestForm,
        within limit: TimeLimit
    ) async throws -> UsedKey? {
        let provider = form.endpoint.provider
        let purpose = draft.authorization.purpose
        let timeout = try remaining(limit)
        let key: UsedKey??
        do {
            key = try await withTimeout(timeout, clock: clock) { [executor] in
                try await keys.credentials.key(
                    replacing: refused,
                    of: keys.account,
                    for: provider,
                    as: purpose,
                    on: executor,
                    unreturned: form.calls.unreturned
                )
            }
        } catch let error as FetchError {
            throw keys.knownKeys.redaction(sending: refused.key, to: provider).apply(to: error)
        }
        guard let key else { throw Self.unavailable(provider, limit) }
        return key
    }
}

extension RequestSender {
    /// The transport, if it can stream.
    var streamingTransport: (any StreamingTransport)? { transport as? any StreamingTransport }

    /// Returns a complete request for something else than a poll, such as a file of the provider's own.
    ///
    /// - Parameters:
    ///   - draft: The request without the key.
    ///   - form: The form of the endpoint's requests.
    ///   - keys: The keys of the account.
    ///   - timeout: The maximum time of the credentials, of the signature, and of the request.
    /// - Returns: The request with the key.
    /// - Throws: ``FetchError``; `CancellationError`.
    func request(
        _ draft: RequestDraft,
        of form: RequestForm,
        for keys: AccountKeys,
        timeout: Duration
    ) async throws -> FetchRequest {
        let provider = form.endpoint.provider
        let limit = TimeLimit(timeout, from: timeline.now)
        guard draft.authorization != .none else { return try builder.request(draft, key: nil, timeout: timeout) }
        let known = try keys.credentials.knownKey(for: provider, as: draft.authorization.purpose)
        let loaded = known == nil ? try await loadedKey(of: keys, for: draft, form, timeout, limit) : nil
        guard let key = (known ?? loaded)?.key else { throw Self.unavailable(provider, limit) }
        let request = try builder.request(draft, key: key, timeout: timeout)
        // The key may be another one than that of the polls before.
        let redaction = keys.knownKeys.redaction(sending: key, to: provider)
        guard case .signed = draft.authorization else { return request }
        return try await signing(request, of: form, key, redaction, remaining(limit), limit).request
    }
}

// Functions of the application.
extension RequestSender {
    private func loadedKey(
        of keys: AccountKeys,
        for draft: RequestDraft,
        _ form: RequestForm,
        _ timeout: Duration,
        _ limit: TimeLimit
    ) async throws -> UsedKey {
        let provider = form.endpoint.provider
        let purpose = draft.authorization.purpose
        let key = try await withTimeout(timeout, clock: clock, on: executor, unreturned: form.calls.unreturned) {
            try await keys.credentials.key(of: keys.account, for: provider, as: purpose)
        }
        guard let key else { throw Self.unavailable(provider, limit) }
        return key
    }

    private static func unavailable(_ provider: ProviderID, _ limit: TimeLimit) -> FetchError {
        FetchError(
            .credentialsUnavailable,
            "the credentials for the provider \(provider) returned no key within \(limit.timeout.inSeconds) s"
        )
    }

    private func signing(
        _ request: FetchRequest,
        of form: RequestForm,
        _ key: APIKey,
        _ redaction: KeyRedaction,
        _ timeout: Duration,
        _ limit: TimeLimit
    ) async throws -> RequestSigning {
        let signing: RequestSigning?
        do {
            signing = try await withTimeout(timeout, clock: clock, on: executor, unreturned: form.calls.unreturned) {
                [wallClock] in try RequestSigning(request, with: key, at: wallClock(), by: form.endpoint.sign)
            }
        } catch let error as FetchError {
            throw redaction.apply(to: error)
        }
        guard let signing else {
            throw FetchError(.requestTimeout, "the request wasn't signed within \(limit.timeout.inSeconds) s")
        }
        return signing
    }
}

// Decoders.
extension RequestSender {
    /// Decodes a response on a thread of its own.
    ///
    /// - Parameters:
    ///   - decoder: Limits how many decoders of the endpoint run at the same time.
    ///   - limit: The time limit of the poll. It applies until the decoder runs, which nothing can interrupt.
    ///   - decode: Decodes the response.
    /// - Returns: What the decoder returns.
    /// - Throws: What the decoder throws; ``FetchError`` with the code ``FetchError/Code/requestTimeout``;
    ///   `CancellationError`.
    func decoding<Value>(
        _ decoder: DecoderRuns,
        within limit: TimeLimit,
        _ decode: () throws -> Value
    ) async throws -> Value {
        guard try await decoder.semaphore.acquire(within: remaining(limit), clock) else {
            throw FetchError(
                .requestTimeout,
                "the response wasn't decoded within \(limit.timeout.inSeconds) s, since others were being decoded",
                remedy: "Check why the endpoint's answer(to:from:) takes so long."
            )
        }
        defer { decoder.semaphore.release() }
        return try await withTaskExecutorPreference(decodingExecutor) { try decode() }
    }
}

// The transport.
extension RequestSender {
    private func deliver(
        _ request: FetchRequest,
        _ redaction: KeyRedaction,
        _ unreturned: UnreturnedCalls,
        _ limit: TimeLimit
    ) async throws -> FetchResponse {
        let response: FetchResponse?
        do {
            if enforcesTimeout {
                response = try await transport.send(request)
            } else {
                response = try await withTimeout(request.timeout, clock: clock, unreturned: unreturned) { [transport] in
                    try await transport.send(request)
                }
            }
        } catch {
            // Whatever a transport throws when its task is cancelled, the caller gets one kind of error.
            try Task.checkCancellation()
            throw Self.error(for: error, redaction, limit)
        }
        try Task.checkCancellation()
        guard let response else { throw Self.timeoutError(limit) }
        guard response.body.count <= request.responseLimit else { throw request.responseTooLargeError }
        return redaction.apply(to: response)
    }

    private static func error(for error: any Error, _ redaction: KeyRedaction, _ limit: TimeLimit) -> FetchError {
        switch error {
        case let error as FetchError where error.code == .requestTimeout: timeoutError(limit)
        case let error as FetchError: redaction.apply(to: error)
        case is CancellationError: FetchError(.connectionFailed, "the transport gave up without being cancelled")
        default:
            FetchError(
                .connectionFailed,
                "the request was lost: \(Excerpt(redaction.apply(to: String(describing: error))))"
            )
        }
    }

    private static func timeoutError(_ limit: TimeLimit) -> FetchError {
        FetchError(.requestTimeout, "there was no response within \(limit.timeout.inSeconds) s")
    }

    private func remaining(_ limit: TimeLimit) throws(FetchError) -> Duration {
        let remaining = limit.end - timeline.now
        guard remaining > .zero else { throw Self.timeoutError(limit) }
        return remaining
    }
}

extension FetchResponse {
    /// Returns the response with the URL, without a key, and the date.
    fileprivate func received(from url: URL, at date: Date) -> Self {
        var response = self
        (response.url, response.receivedAt) = (url, date)
        return response
    }
}
