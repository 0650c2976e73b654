public import FetchCore

/// A decoded response of any ModelsLab family, in all spellings and types that the servers send.
///
/// ModelsLab's documentation describes the statuses `success`, `processing` and `error`. Its servers also omit the
/// status, misspell `message`, send errors with HTTP 200, write numbers as strings, and send empty strings for missing
/// arrays. `Documentation/ModelsLab.md` lists the observed responses.
///
/// Some families wrap the job's state in an envelope whose own status is `success`. Pass a closure that reads the state
/// from the envelope; errors are decoded as for all other families:
///
/// ```swift
/// func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
///     let reply = try ModelsLabReply(response)
///     return try reply.answer(ofSuccess: {
///         reply.message == "finished" ? .succeeded(reply.fields["data"] ?? .null) : .pending
///     })
/// }
/// ```
public struct ModelsLabReply: Sendable {
    /// All fields of the response, unchanged.
    public let fields: [String: JSONValue]

    /// The field `status` in lowercase, or `nil` if it is missing or empty.
    public let status: String?

    let response: FetchResponse

    /// Decodes a response with any HTTP status.
    ///
    /// - Parameter response: The response to the polling request.
    /// - Throws: `FetchError` if the body isn't a JSON object: with the code `malformedResponse` for a 2xx status,
    ///   otherwise with the code for the HTTP status.
    public init(_ response: FetchResponse) throws(FetchError) {
        self.response = response
        do throws(FetchError) {
            fields = try Self.fields(of: response)
            status = fields.string("status")?.lowercased()
        } catch {
            // A gateway's error page: its HTTP status is more specific than "not JSON".
            try response.requireSuccess()
            throw error
        }
    }

    private static func fields(of response: FetchResponse) throws(FetchError) -> [String: JSONValue] {
        guard let fields = try response.jsonValue().object else {
            throw response.malformedResponseError("the response is not a JSON object")
        }
        return fields
    }

    /// The field `message`, also if it is spelled `messege`.
    ///
    /// Strings in an array or object are joined by spaces. `nil` if there is none.
    public var message: String? { fields.joinedStrings("message") ?? fields.joinedStrings("messege") }

    /// True if ``message`` is an object with one entry for each invalid parameter.
    var hasMessageByParameter: Bool {
        let field = fields.joinedStrings("message") == nil ? fields["messege"] : fields["message"]
        return field?.object != nil && message != nil
    }

    /// The error code: an identifier such as `rate_limited`, or an HTTP status. `nil` if there is none.
    var code: String? { fields.string("code") ?? fields.string("error_code") }

    /// The requested delay before the next request.
    var retryAfter: Duration? { fields.duration("retry_after") }

    /// True if the HTTP status is 2xx.
    var isHTTPSuccess: Bool { (200..<300).contains(response.status) }
}
