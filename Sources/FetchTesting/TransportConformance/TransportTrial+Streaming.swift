import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// Streamed responses.
extension TransportTrial {
    /// Runs an operation that should end immediately, in a task of its own.
    ///
    /// - Returns: The result; `nil` if there is none within the time limit. The task is cancelled then.
    func result<Value: Sendable>(
        of operation: @escaping @Sendable () async throws -> Value
    ) async -> Result<Value, any Error>? {
        let (results, continuation) = AsyncStream.makeStream(of: Result<Value, any Error>?.self)
        let task = Task.detached {
            do { continuation.yield(.success(try await operation())) } catch { continuation.yield(.failure(error)) }
        }
        let watchdog = Task.detached { [eventTimeout] in
            guard await eventTimeout.expires() else { return }
            continuation.yield(nil)
            task.cancel()
        }
        defer { watchdog.cancel() }
        for await result in results { return result }
        return nil
    }

    /// Starts a streamed request and returns its head or its error; `nil` if there is neither within the time limit.
    func stream(_ request: FetchRequest) async -> Result<StreamedResponse, any Error>? {
        await result { [self] in
            guard let transport = try transport() as? any StreamingTransport else { throw CancellationError() }
            return try await transport.stream(request)
        }
    }

    /// Starts a streamed request and returns its response. Records a violation and returns `nil` if there is none.
    func streamed(_ request: FetchRequest, _ subject: String) async -> StreamedResponse? {
        let result = await stream(request)
        if case .success(let response) = result { return response }
        record("a streamed response \(subject)", observed: Self.description(of: result))
        return nil
    }

    /// Reads a body to its end. Returns the bytes, and what ended it: `nil` if the body is complete.
    func read(_ body: StreamedResponse.Body) async -> (bytes: Data, end: String?, error: FetchError?) {
        let result = await result { () async -> (Data, (any Error)?) in
            var bytes = Data()
            do {
                for try await chunk in body { bytes += chunk }
                return (bytes, nil)
            } catch {
                return (bytes, error)
            }
        }
        guard case .success((let bytes, let error))? = result else { return (Data(), "no end of the body", nil) }
        return (bytes, error.map { "the error \($0)" }, error as? FetchError)
    }

    static func description(of result: Result<StreamedResponse, any Error>?) -> String {
        switch result {
        case .success(let response): "\(response)"
        case .failure(let error as FetchError): "the error \(error.code): \(error.message)"
        case .failure(let error): "the error \(type(of: error)): \(error)"
        case nil: "neither a head nor an error within the time limit"
        }
    }
}
