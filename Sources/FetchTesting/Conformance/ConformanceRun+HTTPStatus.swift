#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

private let errorPage = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

private func errorBodies(_ message: String) -> [String] {
    [
        #"{"status":"error","message":"\#(message)"}"#,
        #"{"status":"failed","error":"\#(message)"}"#,
        #"{"error":{"message":"\#(message)","type":"request_error"}}"#,
        #"{"detail":"\#(message)"}"#,
        #"{"message":"\#(message)"}"#,
        "{}",
        "",
        errorPage,
    ]
}

extension ConformanceRun {
    /// Checks responses that contain no state of the job.
    func httpStatusViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        [
            try await violation(of: .refusedKey, id, statuses: [401], errorBodies("Invalid API key")) {
                guard case .failure(let error) = $0 else { return false }
                return !error.isRetryable && error.code != .jobNotFound
            } remedy: {
                "The server rejected the key. Throw an error that isn't retryable, as response.requireSuccess() does."
            },
            try await violation(of: .rateLimit, id, statuses: [429], errorBodies("Rate limit exceeded")) {
                guard case .failure(let error) = $0 else { return false }
                return error.isRetryable
            } remedy: {
                "The server limits the request rate. Throw a retryable error, as response.requireSuccess() does."
            },
            try await violation(of: .notFound, id, statuses: [404], errorBodies("Not found")) {
                switch $0 {
                case .failure, .success(.failed): true
                case .success(.pending), .success(.succeeded): false
                }
            } remedy: {
                "The server doesn't know the job. Throw an error, as response.requireSuccess() does: the client polls "
                    + "a job that may be new again, but not until its deadline."
            },
            try await violation(of: .serverFailure, id, statuses: [500, 502, 503, 504], ["", errorPage]) {
                guard case .failure(let error) = $0 else { return false }
                return error.isRetryable
            } remedy: {
                "A gateway's page doesn't contain the job's state. Throw a retryable error, as "
                    + "response.requireSuccess() does."
            },
            try await violation(of: .responseWithoutState, id, statuses: [200], ["", errorPage]) {
                // An endpoint whose output is the body itself may return any bytes.
                switch $0 {
                case .success(.failed): false
                case .success(.succeeded): Endpoint.Output.self == Data.self || Endpoint.Output.self == String.self
                default: true
                }
            } remedy: {
                "The response doesn't contain the job's state. Throw an error, as response.json() does, or return "
                    + ".pending."
            },
        ].compactMap(\.self)
    }

    private func violation(
        of rule: ConformanceRule,
        _ id: Endpoint.ID,
        statuses: [Int],
        _ bodies: [String],
        unless isCorrect: (Result<FetchState<Endpoint.Output>, FetchError>) -> Bool,
        remedy: () -> String
    ) async throws -> ConformanceViolation? {
        for status in statuses {
            for body in bodies {
                let isPage = body.hasPrefix("<")
                let response = FetchResponse(
                    status: status,
                    headers: ["Content-Type": isPage ? "text/html; charset=utf-8" : "application/json"],
                    body: Data(body.utf8)
                )
                let probe = "HTTP \(status) with \(body.isEmpty ? "an empty body" : "\(Excerpt(body))")"
                let result = try await poll(id, [response], probing: probe).result
                guard !isCorrect(result) else { continue }
                return ConformanceViolation(rule, "\(probe) is decoded as \(result.summary()). \(remedy())")
            }
        }
        return nil
    }
}
