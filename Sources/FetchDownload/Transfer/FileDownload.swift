import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The download of one file: requests by its ``DownloadPlan`` until the file is whole, or can't be had.
struct FileDownload: Sendable {
    /// The links of one output.
    struct Source: Sendable {
        /// The link and its mirrors.
        var links: [URL]
        /// The declared media type. `nil` if there is none.
        var mediaType: String?
        /// The date of the job's end. `nil` if it isn't known.
        var jobEnd: Date?
    }

    /// The result of one request.
    private enum Outcome: Sendable {
        case saved(SavedFile)
        case redirect(URL)
        case startOver
        case absent(FetchError)
        case dead(FetchError)
        case failed(FetchError)
    }

    let source: Source
    let file: ReceivedFile
    let transport: any StreamingTransport
    let configuration: Downloads.Configuration
    let environment: FetchClient.Environment
    /// Adds the provider's key to a request to the provider's own servers. `nil` if the file doesn't want the key.
    let authorize: (@Sendable (FetchRequest) async throws -> FetchRequest)?
    /// Polls the job again and returns the links that it has now. `nil` if the job isn't known.
    let pollAgain: (@Sendable () async throws -> [URL])?
    /// Called with the number of bytes that are there, and of those in all if it is known.
    let report: @Sendable (Int64, Int64?) -> Void

    /// Downloads the file.
    ///
    /// - Returns: The file, which is whole.
    /// - Throws: `FetchError`; `CancellationError` at once after cancellation.
    func run() async throws -> SavedFile {
        do {
            return try await requests()
        } catch {
            try? await FileThreads.run(with: environment.clock) { file.abandon() }
            throw error
        }
    }

    private func requests() async throws -> SavedFile {
        var plan = DownloadPlan(links: source.links, canPollAgain: pollAgain != nil)
        var lastError: FetchError?
        var step = plan.first
        if let link = source.links.first {
            try await FileThreads.run(with: environment.clock) { () throws(FetchError) in try file.resume(link) }
        }
        while true {
            switch step {
            case .fail(let error): throw error
            case .pollAgain:
                let error = lastError ?? FetchError(.outputExpired, "the link of the output is dead")
                step = plan.renew(try await pollAgain?() ?? [], after: error)
            case .request(let url, let pause):
                if pause > .zero { try await environment.clock.sleep(for: pause, tolerance: pause / 10) }
                let lengthBefore = file.length
                let outcome = try await outcome(of: url, after: plan.redirects)
                if file.length > lengthBefore { plan.noteProgress() }
                switch outcome {
                case .saved(let file): return file
                case .redirect(let target): step = plan.follow(target)
                case .startOver:
                    try await FileThreads.run(with: environment.clock) { () throws(FetchError) in try file.startOver() }
                    step = plan.startOver(url)
                case .absent(let error): (step, lastError) = (plan.wait(for: error), error)
                case .dead(let error): (step, lastError) = (plan.next(after: error), error)
                case .failed(let error):
                    (step, lastError) = (plan.retry(after: error, random: environment.random()), error)
                }
            }
        }
    }

    /// Requests a URL, unless nothing arrives for too long.
    private func outcome(of url: URL, after redirects: Int) async throws -> Outcome {
        let activity = Activity()
        return try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await received(from: url, after: redirects, activity) }
            group.addTask {
                try await activity.waitUntilIdle(for: configuration.idleTimeout, environment.clock)
                return nil
            }
            defer { group.cancelAll() }
            if let outcome = try await group.next() ?? nil { return outcome }
            return .failed(FetchError(.requestTimeout, "nothing was received for \(configuration.idleTimeout)"))
        }
    }

    private func received(from url: URL, after redirects: Int, _ activity: Activity) async throws -> Outcome {
        let range = file.range(from: url)
        let response: StreamedResponse
        do {
            response = try await transport.stream(try await request(for: url, range))
        } catch let error as FetchError {
            try Task.checkCancellation()
            return error.isRetryable ? .failed(error) : .dead(error)
        } catch {
            try Task.checkCancellation()
            return .failed(FetchError(.connectionFailed, "the request was lost: \(type(of: error))"))
        }
        activity.note()
        var chunks = ReceivedChunks(response.body, noting: activity)
        let isError = response.status >= 400
        try await chunks.receive(isError ? StorageFailure.prefixLength : ContentSniffer.prefixLength)
        // Without the first bytes, nothing is known of a body that has ended early.
        if let error = chunks.error, chunks.bytes.isEmpty, !isError { return .failed(error) }
        let date = environment.wallClock()
        let start = ResponseStart(
            status: response.status,
            headers: response.headers,
            prefix: chunks.bytes,
            isWhole: chunks.isAtEnd,
            url: url,
            receivedAt: date
        )
        let age = source.jobEnd.map { Duration.seconds(max(date.timeIntervalSince($0), 0)) }
        let promised = PromisedContent(mediaType: source.mediaType)
        let asked = DownloadRequest(range: range, promised: promised, age: age, redirects: redirects)
        switch ResponseDecision(start, to: asked) {
        case .start(let body):
            if file.length > 0 {
                try await FileThreads.run(with: environment.clock) { () throws(FetchError) in try file.startOver() }
            }
            file.expect(body, at: 0, from: url, response.headers)
            return try await receive(&chunks, from: url, activity)
        case .append(let body, let position):
            file.expect(body, at: position, from: url, response.headers)
            return try await receive(&chunks, from: url, activity)
        case .startOver: return .startOver
        case .redirect(let target): return .redirect(target)
        case .notThereYet(let error): return .absent(error)
        case .retry(let error): return .failed(error)
        case .expired(let error), .final(let error): return .dead(error)
        }
    }

    private static let bytesPerWrite = 256 << 10
    private static let bytesPerRecord: Int64 = 32 << 20

    /// Receives the body into the file.
    private func receive(_ chunks: inout ReceivedChunks, from url: URL, _ activity: Activity) async throws -> Outcome {
        var nextRecord = file.length + Self.bytesPerRecord
        while true {
            try await chunks.receive(Self.bytesPerWrite)
            let (bytes, isAtEnd, error) = (chunks.take(), chunks.isAtEnd, chunks.error)
            let mustRecord = file.length >= nextRecord || error != nil
            if mustRecord { nextRecord = file.length + Self.bytesPerRecord }
            let outcome = try await FileThreads.run(with: environment.clock) { () throws(FetchError) in
                try write(bytes, from: url, isAtEnd: isAtEnd, mustRecord: mustRecord)
            }
            activity.note()
            report(file.length, file.total)
            if let outcome { return outcome }
            if let error { return error.isRetryable ? .failed(error) : .dead(error) }
        }
    }

    /// Writes bytes to the file, and gives it its name at the end.
    private func write(
        _ bytes: [UInt8],
        from url: URL,
        isAtEnd: Bool,
        mustRecord: Bool
    ) throws(FetchError) -> Outcome? {
        guard try file.write(bytes, from: url) == .appended else { return .startOver }
        if mustRecord { file.storeRecord() }
        guard isAtEnd else { return nil }
        do throws(FetchError) {
            return .saved(try file.finish(from: url))
        } catch {
            // The server may have sent less than it has.
            guard error.code == .incompleteOutput else { throw error }
            return .failed(error)
        }
    }

    /// Returns the request for a URL. It has no credentials, unless the file wants the provider's key.
    private func request(for url: URL, _ range: RequestedRange?) async throws -> FetchRequest {
        let origin = try Origin(of: url)
        guard origin.scheme == "https" || configuration.plainHTTPHosts.contains(origin.host) else {
            throw FetchError(
                .refusedURL,
                "the file of \(origin) would be downloaded with plain http",
                remedy: "If the host is trusted, add it to plainHTTPHosts."
            )
        }
        try configuration.addresses.check(url)
        var request = FetchRequest(
            method: .get,
            url: url,
            headers: range?.headers ?? [:],
            timeout: configuration.idleTimeout,
            responseLimit: Int(clamping: configuration.maximumBytes)
        )
        request.headers.append(name: "Accept-Encoding", value: "identity")
        request.addressPolicy = configuration.addresses
        return try await authorize?(request) ?? request
    }
}
