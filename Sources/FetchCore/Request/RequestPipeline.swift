import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Polls an endpoint once: sends the request, has the endpoint read the response, sends it again with another key if
/// the provider refuses the first one, and continues while the endpoint requires follow-ups.
final class RequestPipeline: Sendable {
    private let sender: RequestSender
    private let calls = Mutex<[EndpointName: EndpointCalls]>([:])

    init(
        transport: any FetchTransport,
        builder: RequestBuilder,
        clock: any Clock<Duration>,
        wallClock: @escaping @Sendable () -> Date
    ) {
        sender = RequestSender(
            transport: transport,
            builder: builder,
            clock: clock,
            wallClock: wallClock
        )
    }

    var wallClock: @Sendable () -> Date { sender.wallClock }

    /// The number of calls of transports and application functions that were given up and haven't returned.
    var unreturnedCalls: [EndpointName: Int] { calls.withLock { $0.mapValues(\.unreturned.count) } }

    /// Returns the prepared parts of an endpoint's requests.
    func form(of endpoint: EndpointDeclaration) -> RequestForm {
        let calls = calls.withLock { calls in
            let known = calls[endpoint.name] ?? EndpointCalls()
            calls[endpoint.name] = known
            return known
        }
        return sender.builder.form(of: endpoint, calls: calls)
    }

    /// The transport, if it can stream.
    var streamingTransport: (any StreamingTransport)? { sender.streamingTransport }

    /// Returns the request for a file with the provider's key, if its URL belongs to the provider's own servers, and
    /// unchanged otherwise. A key is never part of a body.
    ///
    /// - Parameters:
    ///   - request: The request without the key.
    ///   - form: The form of the endpoint's requests.
    ///   - account: The account whose key is sent.
    /// - Returns: The complete request.
    /// - Throws: ``FetchError``; `CancellationError`.
    func authorized(
        _ request: FetchRequest,
        _ form: RequestForm,
        for account: Account
    ) async throws -> FetchRequest {
        let target = try form.target(request.url)
        guard target.isOwn else { return request }
        if case .jsonBody = form.endpoint.authorization { return request }
        var headers = form.endpoint.headers
        for field in request.headers.fields { headers[field.name] = field.value }
        let draft = RequestDraft(
            method: request.method,
            url: target.url,
            origin: target.origin,
            headers: headers,
            body: nil,
            authorization: form.endpoint.authorization
        )
        var complete = try await sender.request(draft, of: form, for: account.keys, timeout: request.timeout)
        complete.responseLimit = request.responseLimit
        complete.addressPolicy = request.addressPolicy
        return complete
    }

    /// Polls a job.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - form: The form of the endpoint's requests.
    ///   - account: The account whose keys are used.
    ///   - id: The id.
    ///   - text: The id as a string.
    ///   - limit: The time limit of the first request.
    ///   - interruption: The interrupted poll to go on with. `nil` for one that begins with the request for the status.
    ///   - followUpLimit: Called when a follow-up begins. Returns its time limit.
    ///   - keep: Receives the output, if the job has one.
    /// - Returns: The job's state without its output, or the error of the request; what is known of its last request,
    ///   and the interrupted poll.
    /// - Throws: Only `CancellationError`.
    func poll<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        _ form: RequestForm,
        for account: Account,
        id: Endpoint.ID,
        _ text: String,
        within limit: TimeLimit,
        after interruption: InterruptedPoll? = nil,
        followUpLimit: () -> TimeLimit,
        keeping keep: (Endpoint.Output) -> Void
    ) async throws -> PollReport<Void> {
        var followUp: InterruptedPoll.AnyFollowUp?
        var position = PollPosition()
        let draft: RequestDraft
        do throws(FetchError) {
            if let interruption, let typed: FollowUp<Endpoint.Output> = interruption.followUp.typed() {
                (followUp, position) = (interruption.followUp, interruption.position)
                draft = try form.draft(typed, text)
            } else {
                draft = try form.draft(endpoint, id: id, text)
            }
        } catch {
            return PollReport(.failure(error.about(endpoint: form.endpoint.name, id: text, account: account.id)))
        }
        // Here an endpoint's own types end. The rest isn't generic, since code that is generic over an application's
        // types is slow.
        var report = try await poll(draft, form, account.keys, id: text, &position, limit, followUpLimit) {
            response in
            let answer: FetchAnswer<Endpoint.Output>
            if let followUp: FollowUp<Endpoint.Output> = followUp?.typed() {
                answer = try followUp.answer(response)
            } else {
                answer = try endpoint.answer(to: id, from: response)
            }
            let lifetime = form.endpoint.artifactLifetime
            switch try answer.linksCompleted(by: LinkContext(response, lifetime: lifetime)) {
            case .pending(let progress): return .pending(progress)
            case .failed(let failure): return .failed(failure)
            case .succeeded(let output):
                keep(output)
                return .succeeded
            case .followUp(var next):
                next.target = next.target.resolved(against: response.url)
                followUp = InterruptedPoll.AnyFollowUp(next)
                return .followUp(Result { () throws(FetchError) in try form.draft(next, text) })
            }
        }
        if let followUp, let error = report.error, let position = position.resumption(after: error) {
            report.interruption = InterruptedPoll(at: followUp, position)
        }
        return report
    }

    private func poll(
        _ first: RequestDraft,
        _ form: RequestForm,
        _ keys: AccountKeys,
        id: String,
        _ position: inout PollPosition,
        _ firstLimit: TimeLimit,
        _ followUpLimit: () -> TimeLimit,
        reading read: (FetchResponse) throws -> ResponseMeaning
    ) async throws -> PollReport<Void> {
        var (draft, limit) = (first, firstLimit)
        var last = LastExchange()
        do {
            while true {
                switch try await meaning(of: draft, form, keys, limit, &position, &last, reading: read) {
                case .pending(let progress): return PollReport(.success(.pending(progress)), last)
                case .succeeded: return PollReport(.success(.succeeded(())), last)
                case .failed(let failure): return PollReport(.success(.failed(failure)), last)
                case .followUp(let next):
                    try position.beginFollowUp()
                    draft = try next.get()
                    limit = followUpLimit()
                }
            }
        } catch let error as FetchError {
            let known = position.completing(error)
                .about(endpoint: form.endpoint.name, id: id, account: keys.account)
            return PollReport(.failure(known), last)
        }
    }

    /// Sends a request and has the endpoint read the response. If the provider refuses the key, both are repeated once
    /// with another key, if there is one.
    private func meaning(
        of draft: RequestDraft,
        _ form: RequestForm,
        _ keys: AccountKeys,
        _ limit: TimeLimit,
        _ position: inout PollPosition,
        _ last: inout LastExchange,
        reading read: (FetchResponse) throws -> ResponseMeaning
    ) async throws -> ResponseMeaning {
        let (decoder, isJobDone) = (form.calls.decoder, position.isJobDone)
        var exchange = try await sender.send(draft, of: form, for: keys, within: limit, noting: &last)
        var isKeyReplaced = false
        while true {
            let response = exchange.response
            position.noteResponse(response.body.count)
            last.bytes = position.byteCount
            func decode() throws -> ResponseMeaning {
                try decoder.run(response.body.count) {
                    try Self.meaning(of: response, isJobDone: isJobDone, reading: read)
                }
            }
            do {
                if decoder.isQuick(response.body.count) { return try decode() }
                return try await sender.decoding(decoder, within: limit, decode)
            } catch let error as FetchError {
                guard
                    !isKeyReplaced,
                    error.refusesKey,
                    let refused = exchange.key,
                    let key = try await sender.key(replacing: refused, of: keys, for: draft, form, within: limit)
                else { throw error }
                isKeyReplaced = true
                exchange = try await sender.send(draft, of: form, for: keys, with: key, within: limit, noting: &last)
            }
        }
    }

    private static func meaning(
        of response: FetchResponse,
        isJobDone: Bool,
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
            let known = response.requestError(error)
            let error = isJobDone && known.code == .jobNotFound ? known.outputExpired(in: response) : known
            throw error.keeping(response, isJobDone: isJobDone)
        }
    }
}

extension FetchResponse {
    /// Returns the error of the request for one that an endpoint has thrown, with the hint of the header if it has
    /// none.
    func requestError(_ error: any Error) -> FetchError {
        var known =
            error as? FetchError
            ?? malformedResponseError("the endpoint can't read the response: \(type(of: error))")
        known.httpStatus = known.httpStatus ?? status
        known.retryAfter = known.retryAfter ?? retryAfter
        return known
    }
}

extension FetchError {
    /// True if the provider has refused the key: with a 401, or in the body of another response.
    fileprivate var refusesKey: Bool { code == .unauthorized || httpStatus == 401 && code != .intercepted }

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
