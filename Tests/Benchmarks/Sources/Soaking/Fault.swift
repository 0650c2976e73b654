package import FetchCore
package import FetchTesting
package import TestSupport

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A fault that replaces a response. It contains no information about the job, except in ``wrongContentType``.
package enum Fault: String, CaseIterable, Sendable {
    case serverError
    case tooManyRequests
    case closed
    case reset
    case closedInBody
    case resetInBody
    case truncatedJSON
    case html
    case emptyBody
    case garbage
    /// The correct response, labelled as an image.
    case wrongContentType

    /// True if the client can still read the job's state.
    package var keepsBody: Bool { self == .wrongContentType }

    /// Returns the faulty response.
    package func response(replacing original: FetchResponse, _ generator: inout SplitMix64) -> LoopbackResponse {
        let place = Int.random(in: 0..<original.body.count, using: &generator)
        switch self {
        case .serverError:
            let status = [500, 502, 503, 504][place % 4]
            let isJSON = generator.bool(percentage: 50)
            return isJSON
                ? .json(#"{"status":"error","message":"Server error"}"#, status: status) : Self.htmlPage(status)
        case .tooManyRequests: return .json("{}", status: 429, headers: ["Retry-After": "0"])
        case .closed: return .fault(.close(.afterRequest))
        case .reset: return .fault(.reset(.afterRequest))
        case .closedInBody: return .fault(.close(.inBody(after: place)), in: .response(original))
        case .resetInBody: return .fault(.reset(.inBody(after: place)), in: .response(original))
        case .truncatedJSON:
            var cut = original
            cut.body = original.body.prefix(place)
            // The status of a rejection or of an unknown job would reveal the terminal state.
            cut.status = 200
            return .response(cut)
        case .html: return Self.htmlPage(200)
        case .emptyBody: return .response(FetchResponse(status: 200, headers: original.headers, body: Data()))
        case .garbage:
            let bytes = (0..<64).map { _ in UInt8.random(in: 0x80...0xFF, using: &generator) }
            let isHTTP = generator.bool(percentage: 50)
            return isHTTP
                ? .response(FetchResponse(status: 200, headers: original.headers, body: Data(bytes))) : .bytes(bytes)
        case .wrongContentType:
            var wrong = original
            wrong.headers["Content-Type"] = "image/png"
            return .response(wrong)
        }
    }

    private static func htmlPage(_ status: Int) -> LoopbackResponse {
        let html = "<!DOCTYPE html><html><body><h1>\(status)</h1></body></html>"
        return .response(
            FetchResponse(status: status, headers: ["Content-Type": "text/html"], body: Data(html.utf8))
        )
    }
}
