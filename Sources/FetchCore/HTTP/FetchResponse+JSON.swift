#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchResponse {
    /// Decodes the body as JSON.
    ///
    /// A ``JSONValue``, or an array or dictionary of them, is parsed directly in a single pass, and a number or string
    /// in it that Swift can't represent becomes `null`. For any other type the body is first checked to be valid JSON
    /// (RFC 8259) in UTF-8, independently of what the decoder accepts, and then passed to the decoder. `NaN`,
    /// `Infinity` and `-Infinity`, which servers written in Python send, become `null` for every type.
    ///
    /// - Parameters:
    ///   - type: The type to decode. ``JSONValue`` represents any JSON.
    ///   - decoder: The decoder for types other than ``JSONValue``. Defaults to `nil`: a `JSONDecoder` whose only
    ///     setting is `memberNames`.
    ///   - memberNames: The form of the member names in the response, unless there is a `decoder`. Defaults to the
    ///     names of the properties.
    ///   - requiringSuccess: Pass false for providers whose error bodies contain more information than their HTTP
    ///     statuses. Defaults to true.
    /// - Returns: The decoded body.
    /// - Throws: The error of ``requireSuccess()`` if the status isn't 2xx and `requiringSuccess` is true.
    ///   ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the body isn't JSON, is nested deeper
    ///   than 64 levels, contains more than 200,000 values, or doesn't have the requested type. If a decoder is used,
    ///   escape sequences count as values, and values below the eighth level and unreadable values count more than
    ///   once.
    public func json<Body: Decodable>(
        _ type: Body.Type = Body.self,
        decoder: JSONDecoder? = nil,
        memberNames: JSONMemberNames = .exact,
        requiringSuccess: Bool = true
    ) throws(FetchError) -> Body {
        if requiringSuccess { try requireSuccess() }
        if type == JSONValue.self || type == [String: JSONValue].self || type == [JSONValue].self {
            return try parsedBody(as: type)
        }
        let json = try decodableBody()
        do {
            return try (decoder ?? Self.decoder(for: memberNames)).decode(type, from: json)
        } catch let error as DecodingError {
            throw malformedResponseError(error.explanation)
        } catch {
            throw malformedResponseError("the response can't be decoded")
        }
    }

    private static func decoder(for names: JSONMemberNames) -> JSONDecoder {
        switch names {
        case .exact: plainDecoder
        case .snakeCase: snakeCaseDecoder
        }
    }

    // The decoders are shared, so their settings must not be changed.
    private static let plainDecoder = JSONDecoder()
    private static let snakeCaseDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()

    /// Returns the body as JSON, independently of the HTTP status.
    ///
    /// - Parameter limits: The limits on nesting, values and strings. Defaults to those of ``JSONLimits/init()``.
    /// - Returns: The parsed body.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedResponse`` if the body isn't JSON or exceeds a
    ///   limit.
    package func jsonValue(within limits: JSONLimits = JSONLimits()) throws(FetchError) -> JSONValue {
        try reading { (bytes) throws(JSONParsingError) in try JSONParser.value(of: bytes, within: limits) }
    }

    /// Returns the body as ``JSONValue``, or as a dictionary or array of them, without a decoder.
    private func parsedBody<Body>(as type: Body.Type) throws(FetchError) -> Body {
        let value = try jsonValue()
        let body: any Sendable =
            switch value {
            case .object(let object) where type == [String: JSONValue].self: object
            case .array(let array) where type == [JSONValue].self: array
            default: value
            }
        // A pattern, since `as?` looks up the metadata of an optional of a generic type each time.
        guard case let body as Body = body else {
            throw malformedResponseError(
                "the response's body is not \(type == [JSONValue].self ? "an array" : "an object")"
            )
        }
        return body
    }

    /// Returns the body for a decoder, with null in place of numbers that aren't finite. Throws if it isn't JSON.
    private func decodableBody() throws(FetchError) -> Data {
        let nonFinite = try reading(JSONParser.check)
        guard !nonFinite.isEmpty else { return body }
        var json = Data(capacity: body.count + nonFinite.count)
        var start = 0
        for range in nonFinite {
            json.append(contentsOf: body.dropFirst(start).prefix(range.lowerBound - start))
            json.append(contentsOf: "null".utf8)
            start = range.upperBound
        }
        json.append(contentsOf: body.dropFirst(start))
        return json
    }

    private func reading<Value>(
        _ read: (UnsafeRawBufferPointer) throws(JSONParsingError) -> Value
    ) throws(FetchError) -> Value {
        if body.isEmpty { throw malformedResponseError("the response is empty") }
        let result: Result<Value, JSONParsingError> = body.withUnsafeBytes { bytes in
            Result { () throws(JSONParsingError) in try read(bytes) }
        }
        do throws(JSONParsingError) {
            return try result.get()
        } catch {
            guard let length = body.withUnsafeBytes(TextBeforeJSON.length) else {
                throw malformedResponseError(body.withUnsafeBytes { error.description(in: $0) })
            }
            var error = malformedResponseError("the response has \(length) bytes of other text before its JSON")
            error.remedy = "The server prints a warning or another text into its responses. Report it to the provider."
            throw error
        }
    }

    /// Returns an error for a response that an endpoint can't interpret.
    ///
    /// Its code is ``FetchError/Code/malformedResponse``, and its message contains the beginning of the body.
    ///
    /// - Parameter reason: The problem, as a sentence without a capital letter and a full stop.
    /// - Returns: An error with the HTTP status of this response.
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
    /// The path in the body and the problem, without Foundation's debug description.
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
        let components = keys.map { $0.intValue.map(String.init) ?? $0.stringValue }
        return components.joined(separator: ".").onOneLine(maxLength: 80)
    }

    /// Returns the JSON name of a Swift type, with an article.
    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type, is any BinaryFloatingPoint.Type: "a number"
        case is any StringKeyedDictionary.Type: "an object"
        case is any AnyArray.Type: "an array"
        default: "\(type)"
        }
    }
}

/// A dictionary with string keys and any values. `DecodingError` names the dictionary type if an object is missing.
private protocol StringKeyedDictionary {}
extension Dictionary: StringKeyedDictionary where Key == String {}

/// An array with any elements.
private protocol AnyArray {}
extension Array: AnyArray {}
