#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchResponse {
    /// Decodes the body of a successful response.
    ///
    /// - Parameters:
    ///   - type: What the body holds.
    ///   - decoder: The decoder to use.
    /// - Throws: The error of ``requireSuccess()`` where the status isn't 2xx, otherwise ``FetchError`` with the code
    ///   ``FetchError/Code/malformedResponse`` where the body isn't what was expected.
    public func json<Body: Decodable>(
        _ type: Body.Type = Body.self,
        decoder: JSONDecoder = JSONDecoder()
    ) throws(FetchError) -> Body {
        try requireSuccess()
        return try jsonWhateverTheStatus(type, decoder: decoder)
    }

    /// Decodes the body, for providers that say more in an error's body than in its status.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` where the body isn't JSON, is nested
    ///   deeper than 64 levels, or isn't what was expected.
    public func jsonWhateverTheStatus<Body: Decodable>(
        _ type: Body.Type = Body.self,
        decoder: JSONDecoder = JSONDecoder()
    ) throws(FetchError) -> Body {
        if body.isEmpty { throw malformed("the answer is empty") }
        if JSONDepth.exceedsLimit(body) {
            throw malformed("the answer is nested deeper than \(JSONDepth.limit) levels")
        }
        do {
            return try decoder.decode(type, from: body)
        } catch let error as DecodingError {
            throw malformed(error.explanation)
        } catch {
            throw malformed("the answer can't be decoded")
        }
    }

    /// The error for an answer that can't be understood, with the first bytes of the body in it.
    public func malformed(_ reason: String) -> FetchError {
        var error = FetchError(
            .malformedResponse,
            body.isEmpty ? reason : "\(reason); it begins \(Excerpt(bytes: body))"
        )
        error.httpStatus = status
        return error
    }
}

extension DecodingError {
    /// Where and why, without the debugging details of Foundation.
    fileprivate var explanation: String {
        switch self {
        case .keyNotFound(let key, let context):
            "the answer has no \(Self.path(context.codingPath + [key]))"
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            "the answer's \(Self.path(context.codingPath)) is not \(type)"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "the answer's \(Self.path(context.codingPath)) can't be read"
        default:
            "the answer is not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.isEmpty ? "body" : keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }
}
