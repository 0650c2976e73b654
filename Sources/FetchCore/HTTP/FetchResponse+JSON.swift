#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchResponse {
    /// Decodes the body.
    ///
    /// A ``JSONValue``, or an array or dictionary of them, is read in one pass, in some microseconds, and a number or string in it
    /// that has no value in Swift becomes `null`. Any other type is decoded by the decoder, once the body is known to be JSON
    /// by RFC 8259 in UTF-8, whatever the decoder allows.
    ///
    /// - Parameters:
    ///   - type: The type of the body. ``JSONValue`` holds any JSON.
    ///   - decoder: The decoder of a type of the caller's own. Defaults to one without settings.
    ///   - requiringSuccess: False for providers whose error bodies say more than their statuses. Defaults to true.
    /// - Returns: The decoded body.
    /// - Throws: The error of ``requireSuccess()`` if the status isn't 2xx and `requiringSuccess` is true. ``FetchError`` with the code
    ///   ``FetchError/Code/malformedResponse`` if the body isn't JSON, is nested deeper than 64 levels, holds more than 200,000 values,
    ///   or isn't of that type. For a decoder, escapes count as values; values below the eighth level, and those that can't be read,
    ///   count more than once.
    public func json<Body: Decodable>(
        _ type: Body.Type = Body.self,
        decoder: JSONDecoder? = nil,
        requiringSuccess: Bool = true
    ) throws(FetchError) -> Body {
        if requiringSuccess { try requireSuccess() }
        if let value = try jsonValue(as: type) { return value }
        try requireJSON()
        do {
            return try (decoder ?? Self.plainDecoder).decode(type, from: body)
        } catch let error as DecodingError {
            throw malformedResponseError(error.explanation)
        } catch {
            throw malformedResponseError("the response can't be decoded")
        }
    }

    /// A decoder without settings, which is never changed.
    private static let plainDecoder = JSONDecoder()

    /// The body as JSON of any kind, whatever the status.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if it isn't JSON, or exceeds a limit.
    package func jsonValue(within limits: JSONLimits = JSONLimits()) throws(FetchError) -> JSONValue {
        try reading { (bytes) throws(JSONFlaw) in try JSONParser.value(of: bytes, within: limits) }
    }

    /// The body if its type is one of those that the parser reads itself.
    private func jsonValue<Body>(as type: Body.Type) throws(FetchError) -> Body? {
        if type == JSONValue.self { return try jsonValue() as? Body }
        if type == [String: JSONValue].self {
            guard let object = try jsonValue().object else { throw malformedResponseError("the response's body is not an object") }
            return object as? Body
        }
        if type == [JSONValue].self {
            guard let array = try jsonValue().array else { throw malformedResponseError("the response's body is not an array") }
            return array as? Body
        }
        return nil
    }

    private func requireJSON() throws(FetchError) { try reading(JSONParser.check) }

    private func reading<Value>(
        _ read: (UnsafeRawBufferPointer) throws(JSONFlaw) -> Value
    ) throws(FetchError) -> Value {
        if body.isEmpty { throw malformedResponseError("the response is empty") }
        let result: Result<Value, JSONFlaw> = body.withUnsafeBytes { bytes in
            Result { () throws(JSONFlaw) in try read(bytes) }
        }
        do throws(JSONFlaw) {
            return try result.get()
        } catch {
            throw malformedResponseError(body.withUnsafeBytes(error.description))
        }
    }

    /// Returns the error for a response that can't be understood, with the first bytes of the body in it.
    ///
    /// - Parameter reason: The problem, in one sentence without a full stop.
    public func malformedResponseError(_ reason: String) -> FetchError {
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
            "the response has no \(Self.path(context.codingPath + [key]))"
        case .valueNotFound(let type, let context):
            "the response's \(Self.path(context.codingPath)) is not \(Self.name(of: type)) but null"
        case .typeMismatch(let type, let context):
            "the response's \(Self.path(context.codingPath)) is not \(Self.name(of: type))"
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            "the response's \(Self.path(context.codingPath)) can't be read"
        default:
            "the response is not JSON"
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
