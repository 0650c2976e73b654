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
    ///   deeper than 64 levels, holds more than 200,000 values and escapes, or isn't what was expected. Values below the eighth
    ///   level count more than once, and so does what no decoder can read.
    public func jsonWhateverTheStatus<Body: Decodable>(
        _ type: Body.Type = Body.self,
        decoder: JSONDecoder = JSONDecoder()
    ) throws(FetchError) -> Body {
        if body.isEmpty { throw malformed("the answer is empty") }
        if let flaw = body.withUnsafeBytes(JSONLimits.flaw) { throw malformed(flaw) }
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
        case .valueNotFound(let type, let context):
            "the answer's \(Self.path(context.codingPath)) is not \(Self.name(of: type)) but null"
        case .typeMismatch(let type, let context):
            "the answer's \(Self.path(context.codingPath)) is not \(Self.name(of: type))"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "the answer's \(Self.path(context.codingPath)) can't be read"
        default:
            "the answer is not JSON"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "body" }
        let words = keys.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return words.joined(separator: ".").onOneLine(longest: 80)
    }

    /// What JSON calls the type.
    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type: "a number"
        case is any KeyedByString.Type: "an object"
        case is any ListOfElements.Type: "an array"
        default: "\(type)"
        }
    }
}

/// The shape of a dictionary, whatever its values are: decoders name a missing object so.
private protocol KeyedByString {}
extension Dictionary: KeyedByString where Key == String {}

private protocol ListOfElements {}
extension Array: ListOfElements {}
