import FetchCore
import FetchTesting

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What can go wrong with an answer. None of it says anything about the job.
enum Fault: String, CaseIterable, Sendable {
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
    /// The truth, called a picture.
    case wrongContentType

    /// Whether the client learns the truth all the same.
    var tellsTheTruth: Bool { self == .wrongContentType }

    /// What the server does in place of the true answer.
    func answer(inPlaceOf truth: FetchResponse, _ draw: inout Draw) -> LoopbackAnswer {
        let place = Int.random(in: 0..<truth.body.count, using: &draw)
        switch self {
        case .serverError:
            let status = [500, 502, 503, 504][place % 4]
            let isJSON = draw.happens(50)
            return isJSON ? .json(#"{"status":"error","message":"Server error"}"#, status: status) : Self.page(status)
        case .tooManyRequests: return .json("{}", status: 429, headers: ["Retry-After": "0"])
        case .closed: return .fault(.close(.afterRequest))
        case .reset: return .fault(.reset(.afterRequest))
        case .closedInBody: return .fault(.close(.inBody(after: place)), in: .response(truth))
        case .resetInBody: return .fault(.reset(.inBody(after: place)), in: .response(truth))
        case .truncatedJSON:
            var cut = truth
            cut.body = truth.body.prefix(place)
            // The status of a refusal or of an unknown job is the truth, whatever the body says.
            cut.status = 200
            return .response(cut)
        case .html: return Self.page(200)
        case .emptyBody: return .response(FetchResponse(status: 200, headers: truth.headers, body: Data()))
        case .garbage:
            let bytes = (0..<64).map { _ in UInt8.random(in: 0x80...0xFF, using: &draw) }
            let isHTTP = draw.happens(50)
            return isHTTP
                ? .response(FetchResponse(status: 200, headers: truth.headers, body: Data(bytes))) : .bytes(bytes)
        case .wrongContentType:
            var wrong = truth
            wrong.headers["Content-Type"] = "image/png"
            return .response(wrong)
        }
    }

    private static func page(_ status: Int) -> LoopbackAnswer {
        let text = "<!DOCTYPE html><html><body><h1>\(status)</h1></body></html>"
        return .response(
            FetchResponse(status: status, headers: ["Content-Type": "text/html"], body: Data(text.utf8))
        )
    }
}
