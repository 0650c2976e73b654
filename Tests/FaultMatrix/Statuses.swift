import FetchCore
import FetchTesting
import Foundation

/// Every status from 300 to 599 that occurs in practice, with JSON, with HTML and without a body.
package enum Statuses {
    package static let rows = numbers.flatMap { status in bodies.map { row(status, $0) } }

    private static let bodies: [(name: String, mediaType: String, content: String)] = [
        ("JSON", "application/json", #"{"status":"error","message":"sk-canary-faults was rejected"}"#),
        ("HTML", "text/html", "<!doctype html><title>Error</title><p>Please try again."),
        ("no body", "text/plain", ""),
    ]

    private static let numbers: [Int] =
        Array(300...308) + Array(400...418) + Array(421...426) + [
            428, 429, 431, 444, 449, 451, 460, 463, 494, 495, 496, 497, 498, 499,
        ]
        + Array(500...511) + Array(520...527) + [529, 530, 540, 561, 598, 599]

    private static func row(_ status: Int, _ body: (name: String, mediaType: String, content: String)) -> FaultCase {
        let response = LoopbackResponse.response(
            FetchResponse(status: status, headers: ["Content-Type": body.mediaType], body: Data(body.content.utf8))
        )
        let name = "\(status) with \(body.name)"
        if let code = transient(status) {
            return FaultCase(name, response, fetch: .retryable(code), updates: .done, requests: 2)
        }
        let code = permanent(status)
        return FaultCase(name, response, fetch: .permanent(code), updates: .permanent(code), requests: 1)
    }

    /// Returns the error code of a retryable status; `nil` for all others.
    private static func transient(_ status: Int) -> FetchError.Code? {
        switch status {
        case 404: .jobNotFound
        case 408: .requestTimeout
        case 409, 421, 423, 425, 449: .temporarilyRefused
        case 429: .rateLimited
        case 500...: .serverError
        default: nil
        }
    }

    /// Returns the error code of a status that isn't retryable.
    private static func permanent(_ status: Int) -> FetchError.Code {
        switch status {
        case ..<400: .redirected
        case 401: .unauthorized
        case 402: .paymentRequired
        case 403: .forbidden
        case 410: .jobNotFound
        default: .badRequest
        }
    }
}
