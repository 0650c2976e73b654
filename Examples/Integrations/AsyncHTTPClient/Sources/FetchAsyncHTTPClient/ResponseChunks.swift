import AsyncHTTPClient
import FetchCore
import Foundation
import NIOCore

/// The body of a streamed response: within the limit of its request, and with errors as `FetchError`.
struct ResponseChunks: AsyncSequence, Sendable {
    private let body: HTTPClientResponse.Body
    private let request: FetchRequest
    private let decompressedLimit: Int
    private let clients: HTTPClients

    /// Creates the chunks of a response.
    ///
    /// - Parameters:
    ///   - body: The body of the response.
    ///   - request: The request, whose limit applies.
    ///   - decompressedLimit: The maximum size of a decompressed body, in bytes.
    ///   - clients: The clients, whose release would close the connection.
    init(
        _ body: HTTPClientResponse.Body,
        of request: FetchRequest,
        _ decompressedLimit: Int,
        keeping clients: HTTPClients
    ) {
        self.body = body
        self.request = request
        self.decompressedLimit = decompressedLimit
        self.clients = clients
    }

    func makeAsyncIterator() -> Iterator { Iterator(chunks: self, buffers: body.makeAsyncIterator()) }

    struct Iterator: AsyncIteratorProtocol {
        private let chunks: ResponseChunks
        private var buffers: HTTPClientResponse.Body.AsyncIterator
        private var count = 0

        fileprivate init(chunks: ResponseChunks, buffers: HTTPClientResponse.Body.AsyncIterator) {
            self.chunks = chunks
            self.buffers = buffers
        }

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> Data? {
            do {
                guard let buffer = try await buffers.next(isolation: actor) else { return nil }
                guard buffer.readableBytes <= chunks.request.responseLimit - count else {
                    throw chunks.request.responseTooLargeError
                }
                count += buffer.readableBytes
                return Data(buffer.readableBytesView)
            } catch let error as FetchError {
                throw error
            } catch {
                try Task.checkCancellation()
                throw FetchError(error, for: chunks.request, limit: chunks.decompressedLimit)
            }
        }

        mutating func next() async throws -> Data? { try await next(isolation: #isolation) }
    }
}
