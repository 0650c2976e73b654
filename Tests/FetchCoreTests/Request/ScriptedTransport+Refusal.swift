import FetchCore
import FetchTesting
import Testing

extension ScriptedTransport {
    /// Expects that an operation throws a `FetchError` and sends no request, and returns the error.
    func refusal(
        sourceLocation: SourceLocation = #_sourceLocation,
        of operation: () async throws -> some Any
    ) async throws -> FetchError {
        let error = await #expect(throws: FetchError.self, sourceLocation: sourceLocation) {
            _ = try await operation()
        }
        #expect(requests.isEmpty, sourceLocation: sourceLocation)
        return try #require(error, sourceLocation: sourceLocation)
    }
}
