import FetchCore
import Foundation
import Synchronization

/// A transport that streams what a function returns, and records the requests.
///
/// It connects to nothing, so by default it says that it enforces address policies, and no name is resolved.
final class ScriptedStreams: StreamingTransport {
    private let respond: @Sendable (FetchRequest, Int) async throws -> StreamedResponse
    private let log = Mutex<[FetchRequest]>([])
    let enforcesAddressPolicy: Bool

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - enforcesAddressPolicy: Pass false for one that leaves names to the system.
    ///   - respond: Returns the response to a request, which has a number that begins at 1.
    init(
        enforcesAddressPolicy: Bool = true,
        _ respond: @escaping @Sendable (FetchRequest, Int) async throws -> StreamedResponse
    ) {
        self.enforcesAddressPolicy = enforcesAddressPolicy
        self.respond = respond
    }

    /// Creates a transport with the same response to each request.
    convenience init(_ response: @escaping @autoclosure @Sendable () -> StreamedResponse) {
        self.init { _, _ in response() }
    }

    var requests: [FetchRequest] { log.withLock { $0 } }

    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        let number = log.withLock { log in
            log.append(request)
            return log.count
        }
        return try await respond(request, number)
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let response = try await stream(request)
        let body = try await response.body.reduce(into: Data()) { $0 += $1 }
        return FetchResponse(status: response.status, headers: response.headers, body: body)
    }
}

extension StreamedResponse {
    /// Creates a response with bytes, of which only the first ones arrive if it is cut.
    static func bytes(
        _ bytes: [UInt8],
        status: Int = 200,
        headers: HeaderFields = [:],
        cutAt end: Int? = nil
    ) -> Self {
        var headers = headers
        if headers["Content-Length"] == nil { headers["Content-Length"] = "\(bytes.count)" }
        let sent = Data(bytes.prefix(end ?? bytes.count))
        let isCut = end != nil
        let chunks = AsyncThrowingStream<Data, any Error> { continuation in
            if !sent.isEmpty { continuation.yield(sent) }
            continuation.finish(throwing: isCut ? FetchError(.connectionFailed, "the response is incomplete") : nil)
        }
        return Self(status: status, headers: headers, body: Body(chunks))
    }

    /// Creates a response without a body.
    static func status(_ status: Int, _ headers: HeaderFields = [:], _ text: String = "") -> Self {
        bytes(Array(text.utf8), status: status, headers: headers)
    }
}
