#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Asks an endpoint once: builds the request, adds the key, sends it, blots the key out of the answer, has the endpoint
/// read it, and goes on while the endpoint asks for one more request.
final class Exchange: Sendable {
    /// More than any provider needs, one that keeps a file for each of thirty languages included. What asks for more is
    /// going round in circles.
    private static let mostFollowUps = 64

    let builder: RequestBuilder
    let wallClock: @Sendable () -> Date

    private let transport: any FetchTransport
    private let credentials: Credentials
    private let clock: any Clock<Duration>
    private let timeline: Timeline
    /// Whether requests end in time without a task that sees to it.
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
        enforcesTimeout = transport.enforcesTimeout && credentials.areAtHand && clock is ContinuousClock
    }

    /// What a fetch brought, or why it failed. Throws only `CancellationError`.
    ///
    /// Runs off the caller's actor: an answer is searched for the key and decoded, and neither belongs on a main thread.
    ///
    /// - Parameter form: That of the endpoint.
    @concurrent
    func ask<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        _ form: RequestForm,
        id text: String,
        timeout: Duration
    ) async throws -> EndpointAsker.Answer {
        let start = timeline.now
        do {
            let id = try Endpoint.ID(parsing: text, for: form.endpoint.name)
            let state = try await state(
                after: form.draft(endpoint, id: id, text),
                of: Question(form: form, id: text, start: start, timeout: timeout)
            ) { response in
                // Here an endpoint's own types end. All that is done with an output of any type is the same for all endpoints.
                try endpoint.answer(to: id, from: response).forAnyOutput
            }
            return .success(state)
        } catch let error as FetchError {
            return .failure(error.about(endpoint: form.endpoint.name, id: text))
        }
    }

    /// What is asked, whatever further requests it takes.
    private struct Question {
        let form: RequestForm
        let id: String
        /// On the timeline.
        let start: Duration
        let timeout: Duration
    }

    /// The state that an answer tells, or that of a further request.
    private func state(
        after draft: RequestDraft,
        of question: Question,
        furtherRequests: Int = 0,
        reading read: (FetchResponse) throws -> FetchAnswer<any FetchOutput>
    ) async throws -> FetchState<any FetchOutput> {
        guard furtherRequests <= Self.mostFollowUps else {
            throw FetchError(
                .malformedEndpoint,
                "the endpoint asked for more than \(Self.mostFollowUps) further requests",
                remedy: "Check that its follow-ups come to an end."
            )
        }
        let (form, timeout) = (question.form, question.timeout)
        let rest = timeout - (timeline.now - question.start)
        guard let response = try await send(draft, for: form.endpoint.provider, timeout: rest) else {
            throw FetchError(.requestTimeout, "there was no answer within \(timeout.inSeconds) s")
        }
        switch try answer(in: response, reading: read) {
        case .pending(let progress): return .pending(progress)
        case .succeeded(let output): return .succeeded(output)
        case .failed(let failure): return .failed(failure)
        case .followUp(let followUp):
            return try await state(
                after: form.draft(followUp, question.id),
                of: question,
                furtherRequests: furtherRequests + 1,
                reading: followUp.answer
            )
        }
    }

    /// What the endpoint reads, with the hint of the header where the body gave none.
    private func answer(
        in response: FetchResponse,
        reading read: (FetchResponse) throws -> FetchAnswer<any FetchOutput>
    ) throws(FetchError) -> FetchAnswer<any FetchOutput> {
        let header = response.retryAfter(now: wallClock())
        do {
            let answer = try read(response)
            guard case .pending(var progress) = answer else { return answer }
            progress.retryAfter = progress.retryAfter ?? header
            return .pending(progress)
        } catch {
            var known =
                error as? FetchError ?? response.malformedResponseError("the endpoint can't read the answer: \(type(of: error))")
            known.httpStatus = known.httpStatus ?? response.status
            known.retryAfter = known.retryAfter ?? header
            throw known
        }
    }

    /// The response, or nil where none came in time.
    private func send(_ draft: RequestDraft, for provider: ProviderID, timeout: Duration) async throws
        -> FetchResponse?
    {
        try Task.checkCancellation()
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
            // Whatever a transport throws when its task is cancelled: the caller sees one kind of error.
            try Task.checkCancellation()
            guard let error = error as? FetchError else {
                throw FetchError(.connectionFailed, "the transport gave up without being asked to")
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
            return redaction.apply(to: response)
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as FetchError {
            throw redaction.apply(to: error)
        } catch {
            try Task.checkCancellation()
            let words = redaction.apply(to: String(describing: error))
            throw FetchError(.connectionFailed, "the request was lost: \(Excerpt(words))")
        }
    }
}
