#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Polls an endpoint once: builds the request, adds the key, sends it, redacts the key in the response, has the
/// endpoint read it, and continues while the endpoint requires follow-ups.
final class RequestPipeline: Sendable {
    let builder: RequestBuilder
    let wallClock: @Sendable () -> Date

    private let transport: any FetchTransport
    private let credentials: Credentials
    private let clock: any Clock<Duration>
    private let timeline: Timeline
    /// True if requests end in time without a second task.
    private let enforcesTimeout: Bool

    init(
        transport: any FetchTransport,
        credentials: Credentials,
        builder: RequestBuilder,
        clock: any Clock<Duration>,
        wallClock: @escaping @Sendable () -> Date
    ) {
        self.transport = transport
        self.credentials = credentials
        self.builder = builder
        self.clock = clock
        self.wallClock = wallClock
        timeline = Timeline(clock)
        enforcesTimeout = transport.enforcesTimeout && credentials.areImmediatelyAvailable && clock is ContinuousClock
    }

    /// Polls a job.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - form: The form of the endpoint's requests.
    ///   - id: The id.
    ///   - text: The id as a string.
    ///   - timeout: The time for all requests together.
    ///   - keep: Receives the output, if the job has one.
    /// - Returns: The job's state without its output, or the error of the request.
    /// - Throws: Only `CancellationError`.
    func poll<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        _ form: RequestForm,
        id: Endpoint.ID,
        _ text: String,
        timeout: Duration,
        keeping keep: (Endpoint.Output) -> Void
    ) async throws -> Result<FetchState<Void>, FetchError> {
        let draft: RequestDraft
        do throws(FetchError) {
            draft = try form.draft(endpoint, id: id, text)
        } catch {
            return .failure(error.about(endpoint: form.endpoint.name, id: text))
        }
        var followUp: ((FetchResponse) throws -> FetchAnswer<Endpoint.Output>)?
        // Here an endpoint's own types end. The rest isn't generic, since code that is generic over an application's
        // types is slow.
        return try await poll(draft, form, id: text, timeout: timeout) { response in
            switch try followUp?(response) ?? endpoint.answer(to: id, from: response) {
            case .pending(let progress): return .pending(progress)
            case .failed(let failure): return .failed(failure)
            case .succeeded(let output):
                keep(output)
                return .succeeded
            case .followUp(let next):
                followUp = next.answer
                return .followUp(Result { () throws(FetchError) in try form.draft(next, text) })
            }
        }
    }

    private func poll(
        _ first: RequestDraft,
        _ form: RequestForm,
        id: String,
        timeout: Duration,
        reading read: (FetchResponse) throws -> ResponseMeaning
    ) async throws -> Result<FetchState<Void>, FetchError> {
        let end = timeline.now + timeout
        var draft = first
        do {
            for followUps in 0...FollowUpLimit.maximum {
                guard let response = try await send(draft, for: form.endpoint.provider, until: end) else {
                    throw FetchError(.requestTimeout, "there was no response within \(timeout.inSeconds) s")
                }
                switch try meaning(of: response, isFollowUp: followUps > 0, reading: read) {
                case .pending(let progress): return .success(.pending(progress))
                case .succeeded: return .success(.succeeded(()))
                case .failed(let failure): return .success(.failed(failure))
                case .followUp(let next): draft = try next.get()
                }
            }
            throw FollowUpLimit.error
        } catch let error as FetchError {
            return .failure(error.about(endpoint: form.endpoint.name, id: id))
        }
    }

    /// Has the endpoint read a response, and adds the hint of the header if the body has none.
    private func meaning(
        of response: FetchResponse,
        isFollowUp: Bool,
        reading read: (FetchResponse) throws -> ResponseMeaning
    ) throws(FetchError) -> ResponseMeaning {
        let header = response.retryAfter
        do {
            if let error = response.interceptionError { throw error }
            let meaning = try read(response)
            guard let header, case .pending(var progress) = meaning else { return meaning }
            progress.retryAfter = progress.retryAfter ?? header
            return .pending(progress)
        } catch {
            var known =
                error as? FetchError
                ?? response.malformedResponseError("the endpoint can't read the response: \(type(of: error))")
            known.httpStatus = known.httpStatus ?? response.status
            known.retryAfter = known.retryAfter ?? header
            throw isFollowUp && known.code == .jobNotFound ? known.outputExpired(in: response) : known
        }
    }

    /// Returns the response; `nil` if none came in time.
    private func send(
        _ draft: RequestDraft,
        for provider: ProviderID,
        until end: Duration
    ) async throws -> FetchResponse? {
        try Task.checkCancellation()
        let timeout = end - timeline.now
        guard timeout > .zero else { return nil }
        let response: FetchResponse?
        do {
            if enforcesTimeout {
                response = try await deliver(draft, for: provider, timeout: timeout)
            } else {
                response = try await withTimeout(timeout, clock: clock) { [self] in
                    try await deliver(draft, for: provider, timeout: timeout)
                }
            }
        } catch {
            // Whatever a transport throws when its task is cancelled, the caller gets one kind of error.
            try Task.checkCancellation()
            guard let error = error as? FetchError else {
                throw FetchError(.connectionFailed, "the transport gave up without being cancelled")
            }
            guard error.code != .requestTimeout else { return nil }
            throw error
        }
        try Task.checkCancellation()
        return response
    }

    private func deliver(
        _ draft: RequestDraft,
        for provider: ProviderID,
        timeout: Duration
    ) async throws -> FetchResponse {
        let key = draft.authorization == .none ? nil : try await credentials.key(for: provider)
        let request = try builder.request(draft, key: key, timeout: timeout)
        let redaction = credentials.redaction(sending: key)
        do {
            let response = try await transport.send(request)
            guard response.body.count <= request.responseLimit else { throw request.responseTooLargeError }
            return redaction.apply(to: response).received(from: draft.url, at: wallClock())
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as FetchError {
            throw redaction.apply(to: error)
        } catch {
            try Task.checkCancellation()
            let quotation = redaction.apply(to: String(describing: error))
            throw FetchError(.connectionFailed, "the request was lost: \(Excerpt(quotation))")
        }
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

extension FetchError {
    /// Returns the error for a follow-up that isn't found. The request before it found the job done, so it is the
    /// output that the server doesn't have.
    fileprivate func outputExpired(in response: FetchResponse) -> Self {
        let quotation = response.body.isEmpty ? "" : ": \(Excerpt(bytes: response.body))"
        var error = Self(
            .outputExpired,
            "the job is done, but the server doesn't have its output\(quotation)",
            remedy: "The output has expired or was deleted. Submit the job again, and fetch its output sooner.",
            isRetryable: isRetryable,
            retryAfter: retryAfter
        )
        error.httpStatus = httpStatus
        return error
    }
}
