import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The single requests of a file, whose bytes it receives into the file.
///
/// It is a class since most functions that wait during a download have it in their frames.
final class FileTransfer: Sendable {
    /// One request of the file.
    struct Attempt: Sendable {
        /// The URL to request.
        let url: URL
        /// The link that led to it, before redirects.
        let link: URL
        /// The number of redirects in between.
        let redirects: Int
    }

    /// The result of one request.
    enum Outcome: Sendable {
        case saved(SavedFile)
        case redirect(URL)
        case startOver
        case absent(FetchError)
        case dead(FetchError)
        case failed(FetchError)
    }

    let file: ReceivedFile
    /// The declared media type, or that of the name which the caller has chosen. `nil` if there is none.
    let mediaType: String?
    /// The date of the job's end. `nil` if it isn't known.
    let jobEnd: Date?
    let transport: any StreamingTransport
    let configuration: Downloads.Configuration
    let environment: FetchClient.Environment
    let addressCheck: AddressCheck
    /// Adds the provider's key to a request to the provider's own servers. `nil` if the file doesn't need the key.
    let authorize: (@Sendable (FetchRequest) async throws -> FetchRequest)?
    /// Returns true if a string contains the provider's key. `nil` if no key is known.
    let containsKey: (@Sendable (String) -> Bool)?
    /// Called with the number of bytes that are there, and of those in all if it is known.
    let report: @Sendable (Int64, Int64?) -> Void

    init(
        file: ReceivedFile,
        mediaType: String?,
        jobEnd: Date?,
        transport: any StreamingTransport,
        configuration: Downloads.Configuration,
        environment: FetchClient.Environment,
        addressCheck: AddressCheck,
        authorize: (@Sendable (FetchRequest) async throws -> FetchRequest)?,
        containsKey: (@Sendable (String) -> Bool)?,
        report: @escaping @Sendable (Int64, Int64?) -> Void
    ) {
        self.file = file
        self.mediaType = mediaType
        self.jobEnd = jobEnd
        self.transport = transport
        self.configuration = configuration
        self.environment = environment
        self.addressCheck = addressCheck
        self.authorize = authorize
        self.containsKey = containsKey
        self.report = report
    }

    /// Requests a URL, unless nothing arrives for too long.
    func outcome(of attempt: Attempt) async throws -> Outcome {
        let activity = Activity(timeout: configuration.idleTimeout, environment.clock)
        return try await activity.watch { try await self.received(by: attempt, activity) }
            ?? .failed(FetchError(.requestTimeout, "nothing was received for \(configuration.idleTimeout)"))
    }

    private func received(by attempt: Attempt, _ activity: Activity) async throws -> Outcome {
        let url = attempt.url
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
        // The head tells all that matters of a redirect.
        if !(300..<400).contains(response.status) {
            try await chunks.receive(isError ? StorageFailure.prefixLength : ContentSniffer.prefixLength)
        }
        // Without the first bytes, nothing is known of a body that has ended early.
        if let error = chunks.error, chunks.bytes.isEmpty, !isError { return .failed(error) }
        let date = environment.wallClock()
        let headers = containsKey.map { response.headers.removing($0, except: "Location") } ?? response.headers
        let start = ResponseStart(
            status: response.status,
            headers: headers,
            prefix: chunks.bytes,
            isWhole: chunks.isAtEnd,
            url: url,
            receivedAt: date
        )
        let age = jobEnd.map { Duration.seconds(max(date.timeIntervalSince($0), 0)) }
        let promised = PromisedContent(mediaType: mediaType)
        let request = DownloadRequest(range: range, promised: promised, age: age, redirects: attempt.redirects)
        let decision = ResponseDecision(start, to: request)
        // The first bytes of a picture that is cut may look like a message in its place.
        if let error = chunks.error, (200..<300).contains(response.status), !decision.acceptsBody {
            return .failed(error)
        }
        switch decision {
        case .start(let body):
            if file.length > 0 {
                try await FileThreads.run(with: environment.clock) { () throws(FetchError) in try file.startOver() }
            }
            file.expect(body, at: 0, from: url, headers)
            return try await receive(&chunks, by: attempt, activity)
        case .append(let body, let position):
            file.expect(body, at: position, from: url, headers)
            return try await receive(&chunks, by: attempt, activity)
        case .startOver: return .startOver
        case .redirect(let target):
            guard let error = keyError(of: target, from: url) else { return .redirect(target) }
            return .dead(error)
        case .notThereYet(let error): return .absent(error)
        case .retry(let error): return .failed(error)
        case .expired(let error), .final(let error): return .dead(error)
        }
    }

    /// Returns an error for a redirect that has the provider's key in its target, such as one that keeps the query, if
    /// another server would receive it.
    private func keyError(of target: URL, from url: URL) -> FetchError? {
        guard let containsKey, containsKey(target.absoluteString) else { return nil }
        guard let origin = try? Origin(of: url), let other = try? Origin(of: target), origin != other else {
            return nil
        }
        return FetchError(
            .refusedURL,
            "\(origin) redirects the download to \(other), with the key in the URL",
            remedy: "The key is sent only to the provider's own servers."
        )
    }

    private static let bytesPerWrite = 256 << 10
    private static let bytesPerRecord: Int64 = 32 << 20
    private static let bytesBeforeRecord: Int64 = 1 << 20

    /// Returns the length at which the next record is stored, for a process that is killed: twice the current one, but
    /// at most 32 MiB later. Each record is written out to its disk.
    private static func nextRecord(after length: Int64) -> Int64 {
        length + min(max(length, bytesBeforeRecord), bytesPerRecord)
    }

    /// Receives the body into the file.
    private func receive(
        _ chunks: inout ReceivedChunks,
        by attempt: Attempt,
        _ activity: Activity
    ) async throws -> Outcome {
        var nextRecord = Self.nextRecord(after: file.length)
        while true {
            try await chunks.receive(Self.bytesPerWrite) { report(file.length(withUnwritten: $0), file.total) }
            let (bytes, isAtEnd, error) = (chunks.take(), chunks.isAtEnd, chunks.error)
            let mustRecord = file.length >= nextRecord || error != nil
            if mustRecord { nextRecord = Self.nextRecord(after: file.length) }
            let outcome = try await FileThreads.run(with: environment.clock) { () throws(FetchError) in
                try write(bytes, by: attempt, isAtEnd: isAtEnd, mustRecord: mustRecord)
            }
            activity.note()
            if let outcome { return outcome }
            report(file.length, file.total)
            if let error { return error.isRetryable ? .failed(error) : .dead(error) }
        }
    }

    /// Writes bytes to the file, and gives it its name at the end.
    private func write(
        _ bytes: [UInt8],
        by attempt: Attempt,
        isAtEnd: Bool,
        mustRecord: Bool
    ) throws(FetchError) -> Outcome? {
        guard try file.write(bytes, from: attempt.url, isAtEnd: isAtEnd) == .appended else { return .startOver }
        if mustRecord { file.storeRecord() }
        guard isAtEnd else { return nil }
        do throws(FetchError) {
            return .saved(try file.finish(from: attempt.url, linkedBy: attempt.link))
        } catch {
            // The server may have sent less than it has.
            guard error.code == .incompleteOutput else { throw error }
            return .failed(error)
        }
    }

    /// Returns the request for a URL. It has no credentials, unless the file needs the provider's key.
    private func request(for url: URL, _ range: RequestedRange?) async throws -> FetchRequest {
        let origin = try Origin(of: url)
        guard origin.scheme == "https" || configuration.allowsPlainHTTP(from: origin.host) else {
            throw FetchError(
                .refusedURL,
                "the file of \(origin) would be downloaded with plain http",
                remedy: "If the host is trusted, add it to plainHTTPHosts of Downloads.Configuration."
            )
        }
        try configuration.addresses.check(url)
        if !transport.enforcesAddressPolicy {
            let (policy, timeout) = (configuration.addresses, configuration.idleTimeout)
            try await addressCheck.check(url, by: policy, within: timeout, environment.clock)
        }
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

extension HeaderFields {
    /// Returns the fields without those that contain a key.
    ///
    /// A server that echoes the key says nothing else with such a field, and its value could become a name or be
    /// stored.
    ///
    /// - Parameters:
    ///   - containsKey: Returns true if a string contains a key.
    ///   - name: The field that stays. Defaults to `nil`: none does.
    /// - Returns: The other fields.
    func removing(_ containsKey: (String) -> Bool, except name: String? = nil) -> Self {
        var result = self
        for field in fields where field.name.lowercased() != name?.lowercased() && containsKey(field.value) {
            result[field.name] = nil
        }
        return result
    }
}
