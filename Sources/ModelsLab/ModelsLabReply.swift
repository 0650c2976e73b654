public import FetchCore

/// One answer of ModelsLab, whichever family gave it, with the spellings and types that it really uses.
///
/// ModelsLab's documents describe `success`, `processing` and `error`. Its servers also leave out the status, misspell
/// `message`, answer errors with HTTP 200, write numbers as text, and send empty texts for missing lists.
/// `Documentation/ModelsLab.md` lists what was seen.
///
/// A family whose state is in an envelope that calls itself a success says how to read that, and has the errors read as
/// everywhere:
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
    /// All fields, as they came.
    public let fields: [String: JSONValue]

    /// The status word in small letters, if there is one.
    public let status: String?

    let response: FetchResponse

    /// Reads an answer, whatever its HTTP status.
    ///
    /// - Throws: `FetchError` with the code `malformedResponse` where the body isn't a JSON object, or with the code
    ///   of the HTTP status where that tells more.
    public init(_ response: FetchResponse) throws(FetchError) {
        self.response = response
        do throws(FetchError) {
            fields = try Self.fields(of: response)
            status = fields.text("status")?.lowercased()
        } catch {
            // A gateway's error page: its status says more than that it isn't JSON.
            try response.requireSuccess()
            throw error
        }
    }

    private static func fields(of response: FetchResponse) throws(FetchError) -> [String: JSONValue] {
        guard let fields = try response.json(JSONValue.self, requiringSuccess: false).object else {
            throw response.malformedResponseError("the response is not a JSON object")
        }
        return fields
    }

    /// What ModelsLab says in words, under either spelling.
    public var message: String? { fields.words("message") ?? fields.words("messege") }

    /// Whether ``message`` tells by parameter what is wrong with each.
    var isMessageByParameter: Bool {
        let field = fields.words("message") == nil ? fields["messege"] : fields["message"]
        return field?.object != nil && message != nil
    }

    /// The error code, if there is one: a word such as `rate_limited`, or an HTTP status.
    var code: String? { fields.text("code") ?? fields.text("error_code") }

    /// How long ModelsLab asks to wait before the next request.
    var retryAfter: Duration? { fields.duration("retry_after") }

    /// Whether the HTTP status says that the request was answered.
    var isHTTPSuccess: Bool { (200..<300).contains(response.status) }
}
