import FetchCore
import FetchCurl
import Foundation
import Synchronization

/// A streaming transport with one defect, over curl.
final class DefectiveStreams: StreamingTransport {
    /// A seeded defect.
    enum Defect: String, CaseIterable, CustomStringConvertible {
        case waitsForBody = "returns the head with the whole body"
        case dropsByte = "drops the first byte of a chunk that isn't the first"
        case inventsBody = "returns a body without bytes as one byte"
        case acceptsTruncatedBodies = "takes the end of an incomplete body for its end"
        case ignoresLimit = "ignores the limit"
        case offersCompression = "offers compression in place of identity"
        case readsAhead = "reads ahead without a limit"
        case ignoresTimeout = "ignores the timeout"
        case ignoresCancellation = "ignores cancellation"
        case keepsBodies = "keeps bodies that are released"

        var description: String { rawValue }
    }

    private let defect: Defect?
    private let curl: CurlTransport
    private let kept = Mutex<[StreamedResponse]>([])

    init(_ defect: Defect?) throws {
        self.defect = defect
        curl = try CurlTransport()
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse { try await curl.send(request) }

    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        var request = request
        switch defect {
        case .ignoresLimit: request.responseLimit = 1 << 20
        case .ignoresTimeout: request.timeout = .seconds(3_600)
        case .offersCompression: request.headers["Accept-Encoding"] = nil
        case .ignoresCancellation:
            // A task of its own isn't cancelled with the caller's.
            return try await Task { [curl, request] in try await curl.stream(request) }.value
        default: break
        }
        var response = try await curl.stream(request)
        let body = response.body
        switch defect {
        case .waitsForBody: response.body = StreamedResponse.Body(try await body.reduce(into: Data()) { $0 += $1 })
        case .dropsByte:
            response.body = StreamedResponse.Body(AlteredBody(chunks: body) { $0 > 0 ? $1.dropFirst() : $1 })
        case .inventsBody: if try await isEmpty(request) { response.body = StreamedResponse.Body(Data([0])) }
        case .acceptsTruncatedBodies: response.body = StreamedResponse.Body(Self.pump(body, reportsErrors: false))
        case .readsAhead: response.body = StreamedResponse.Body(Self.pump(body, reportsErrors: true))
        case .keepsBodies: kept.withLock { [response] in $0.append(response) }
        default: break
        }
        return response
    }

    /// Returns true if the same request has a response without a body.
    private func isEmpty(_ request: FetchRequest) async throws -> Bool {
        for try await _ in try await curl.stream(request).body { return false }
        return true
    }

    /// Reads a body at once, into a sequence without a limit.
    private static func pump(_ body: StreamedResponse.Body, reportsErrors: Bool) -> AsyncThrowingStream<Data, any Error>
    {
        let (chunks, continuation) = AsyncThrowingStream.makeStream(of: Data.self)
        Task {
            do {
                for try await chunk in body { continuation.yield(chunk) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: reportsErrors ? error : nil)
            }
        }
        return chunks
    }
}

/// A body whose chunks are changed by their number.
private struct AlteredBody: AsyncSequence, Sendable {
    let chunks: StreamedResponse.Body
    let change: @Sendable (Int, Data) -> Data

    struct Iterator: AsyncIteratorProtocol {
        var chunks: StreamedResponse.Body.Iterator
        var number = 0
        let change: @Sendable (Int, Data) -> Data

        mutating func next() async throws -> Data? {
            defer { number += 1 }
            return try await chunks.next().map { change(number, $0) }
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(chunks: chunks.makeAsyncIterator(), change: change) }
}
