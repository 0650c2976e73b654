import FetchCore
import Foundation
import Testing

extension FetchRequest {
    /// The key in every request of these tests. No error may contain it.
    static let pollKey = "sk-canary-curl"

    /// Creates a POST request with the key in the body and in a header field.
    static func poll(_ url: URL, timeout: Duration = .seconds(10), responseLimit: Int = 1 << 20) -> FetchRequest {
        FetchRequest(
            method: .post,
            url: url,
            headers: ["Content-Type": "application/json", "X-Key": pollKey],
            body: Data(#"{"key":"\#(pollKey)"}"#.utf8),
            timeout: timeout,
            responseLimit: responseLimit
        )
    }
}

extension FetchTransport {
    /// Sends a poll and returns its error. Records an issue if the poll succeeds or the error contains the key.
    func failure(polling url: URL, timeout: Duration = .seconds(10)) async throws -> FetchError {
        let error = try #require(
            await #expect(throws: FetchError.self) { try await send(.poll(url, timeout: timeout)) }
        )
        var dumped = ""
        dump(error, to: &dumped)
        #expect(!"\(error)\(dumped)".contains(FetchRequest.pollKey))
        return error
    }
}
