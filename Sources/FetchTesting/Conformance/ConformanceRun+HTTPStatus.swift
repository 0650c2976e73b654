#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

private let errorPage = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

private func errorBodies(_ words: String) -> [String] {
    [
        #"{"status":"error","message":"\#(words)"}"#,
        #"{"status":"failed","error":"\#(words)"}"#,
        #"{"error":{"message":"\#(words)","type":"request_error"}}"#,
        #"{"detail":"\#(words)"}"#,
        #"{"message":"\#(words)"}"#,
        "{}",
        "",
        errorPage,
    ]
}

extension ConformanceRun {
    /// What the endpoint makes of answers that say nothing about the job.
    func httpStatusViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        [
            try await violation(of: .refusedKey, id, statuses: [401], errorBodies("Invalid API key")) {
                guard case .failure(let error) = $0 else { return false }
                return !error.isRetryable && error.code != .jobNotFound
            } remedy: {
                "The server refused the key: throw an error that isn't retryable, as response.requireSuccess() does."
            },
            try await violation(of: .rateLimit, id, statuses: [429], errorBodies("Rate limit exceeded")) {
                guard case .failure(let error) = $0 else { return false }
                return error.isRetryable
            } remedy: {
                "The server asks to slow down: throw a retryable error, as response.requireSuccess() does."
            },
            try await violation(of: .serverFailure, id, statuses: [500, 502, 503, 504], ["", errorPage]) {
                guard case .failure(let error) = $0 else { return false }
                return error.isRetryable
            } remedy: {
                "A gateway's page says nothing about the job: throw a retryable error, as response.requireSuccess() does."
            },
            try await violation(of: .answerWithoutState, id, statuses: [200], ["", errorPage]) {
                // An endpoint may hand out whatever bytes come; that nothing came, or why it failed, it can't know.
                switch $0 {
                case .success(.failed): false
                case .success(.succeeded): Endpoint.Output.self == Data.self || Endpoint.Output.self == String.self
                default: true
                }
            } remedy: {
                "Such an answer says nothing about the job: throw an error, as response.json() does, or return .pending."
            },
        ].compactMap(\.self)
    }

    private func violation(
        of rule: ConformanceRule,
        _ id: Endpoint.ID,
        statuses: [Int],
        _ bodies: [String],
        unless isRight: (Result<FetchState<Endpoint.Output>, FetchError>) -> Bool,
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
                let shown = "HTTP \(status) with \(body.isEmpty ? "an empty body" : "\(Excerpt(body))")"
                let result = try await ask(id, [response], probing: shown).result
                guard !isRight(result) else { continue }
                return ConformanceViolation(rule, "\(shown) is read as \(result.inWords()). \(remedy())")
            }
        }
        return nil
    }
}
