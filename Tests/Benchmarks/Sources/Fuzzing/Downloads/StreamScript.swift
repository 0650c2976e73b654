import FetchCore
import Foundation
import Synchronization

/// A response that is streamed in two chunks, and may end early.
struct StreamedSample: Sendable {
    var status = 200
    var headers: HeaderFields = [:]
    var body: [UInt8] = []
    /// The number of bytes that arrive. `nil` if all do.
    var end: Int?

    /// The response. Only the first iterator of its body reads it.
    var response: StreamedResponse {
        let bytes = Data(body.prefix(end ?? body.count))
        let isCut = end != nil
        let chunks = AsyncThrowingStream<Data, any Error> { continuation in
            for part in [bytes.prefix(bytes.count / 3), bytes.dropFirst(bytes.count / 3)] where !part.isEmpty {
                continuation.yield(Data(part))
            }
            continuation.finish(throwing: isCut ? FetchError(.connectionFailed, "the response is incomplete") : nil)
        }
        return StreamedResponse(status: status, headers: headers, body: StreamedResponse.Body(chunks))
    }

    var description: String {
        let fields = headers.fields.map { " [\(Escaped.string($0.name)): \(Escaped.string($0.value))]" }.joined()
        return "HTTP \(status)\(fields) \(Escaped.bytes(body))" + (end.map { " cut at \($0)" } ?? "")
    }
}

/// A transport that streams what a function returns. Requests are numbered from 1.
final class StreamScript: StreamingTransport {
    private let respond: @Sendable (FetchRequest, Int) -> StreamedSample
    private let count = Mutex(0)

    /// It connects to nothing, so no name has to be resolved.
    let enforcesAddressPolicy = true

    init(_ respond: @escaping @Sendable (FetchRequest, Int) -> StreamedSample) { self.respond = respond }

    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return respond(request, number).response
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let response = try await stream(request)
        let body = try await response.body.reduce(into: Data()) { $0 += $1 }
        return FetchResponse(status: response.status, headers: response.headers, body: body)
    }
}
