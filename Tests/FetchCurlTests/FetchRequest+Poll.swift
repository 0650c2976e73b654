import FetchCore
import Foundation
import Testing

extension FetchRequest {
    /// The key in every request of these tests, which no error may hold.
    static let pollKey = "sk-canary-curl"

    /// A poll as services with the key in the body have it.
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
    /// Polls, and returns the error. Records an issue if there is a response instead, or the key in the error.
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
