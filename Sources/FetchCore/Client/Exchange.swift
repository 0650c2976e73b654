#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Asks an endpoint once: builds the request, adds the key, sends it, blots the key out of the answer, has the endpoint
/// read it, and goes on while the endpoint asks for one more request.
struct Exchange: Sendable {
    /// More than any provider needs, one that keeps a file for each of thirty languages included. What asks for more is
    /// going round in circles.
    private static let mostFollowUps = 64

    var transport: any FetchTransport
    var credentials: Credentials
    var builder: RequestBuilder
    var clock: any Clock<Duration>
    var wallClock: @Sendable () -> Date

    /// What a fetch brought, or why it failed. Throws only `CancellationError`.
    ///
    /// Runs off the caller's actor: an answer is searched for the key and decoded, and neither belongs on a main thread.
    @concurrent
    func ask<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        timeout: Duration
    ) async throws -> Result<FetchState<Endpoint.Output>, FetchError> {
        do {
            return .success(try await state(of: endpoint, id: id, timeout: timeout))
        } catch let error as FetchError {
            return .failure(error.about(endpoint: endpoint.name, id: id.description))
        }
    }

    /// Asks about a job whose id is known as text, for an output of any type.
    func ask<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        idText: String,
        timeout: Duration
    ) async throws -> Result<FetchState<any FetchOutput>, FetchError> {
        let id: Endpoint.ID
        do throws(FetchError) {
            id = try Endpoint.ID(parsing: idText, for: endpoint.name)
        } catch {
            return .failure(error.about(endpoint: endpoint.name, id: idText))
        }
        let answer = try await ask(endpoint, id: id, timeout: timeout)
        // The inner closure turns the endpoint's own output into any output.
        return answer.map { state in state.map { $0 } }
    }

    private func state<Endpoint: FetchEndpoint>(
        of endpoint: Endpoint,
        id: Endpoint.ID,
        timeout: Duration
    ) async throws -> FetchState<Endpoint.Output> {
        let timeline = Timeline(clock)
        var draft = try builder.draft(endpoint, id: id)
        var read: (FetchResponse) throws -> FetchAnswer<Endpoint.Output> = { try endpoint.answer(to: id, from: $0) }
        for _ in 0...Self.mostFollowUps {
            let rest = timeout - timeline.now
            guard let response = try await send(draft, for: endpoint.provider, timeout: rest) else {
                throw FetchError(.requestTimeout, "there was no answer within \(timeout.inSeconds) s")
            }
            switch try answer(in: response, reading: read) {
            case .pending(let progress): return .pending(progress)
            case .succeeded(let output): return .succeeded(output)
            case .failed(let failure): return .failed(failure)
            case .followUp(let followUp):
                draft = try builder.draft(followUp, of: endpoint, id: id)
                read = followUp.answer
            }
        }
        throw FetchError(
            .malformedEndpoint,
            "the endpoint asked for more than \(Self.mostFollowUps) further requests",
            remedy: "Check that its follow-ups come to an end."
        )
    }

    /// What the endpoint reads, with the hint of the header where the body gave none.
    private func answer<Output>(
        in response: FetchResponse,
        reading read: (FetchResponse) throws -> FetchAnswer<Output>
    ) throws(FetchError) -> FetchAnswer<Output> {
        let header = response.retryAfter(now: wallClock())
        do {
            let answer = try read(response)
            guard case .pending(var progress) = answer else { return answer }
            progress.retryAfter = progress.retryAfter ?? header
            return .pending(progress)
        } catch {
            var known =
                error as? FetchError ?? response.malformed("the endpoint can't read the answer: \(type(of: error))")
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
            if transport.endsOnTime, credentials.areAtHand, clock is ContinuousClock {
                response = try await deliver(draft, for: provider, timeout: timeout)
            } else {
                response = try await withTimeout(timeout, clock: clock) {
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
        return try await deliver(request, redaction: credentials.redaction(sending: key))
    }

    private func deliver(_ request: FetchRequest, redaction: KeyRedaction) async throws -> FetchResponse {
        do {
            let response = try await transport.send(request)
            guard response.body.count <= request.responseLimit else { throw request.tooLarge }
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
