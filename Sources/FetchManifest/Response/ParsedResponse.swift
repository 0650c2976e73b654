import FetchCore

/// A response whose body is parsed as JSON on first use, at most once.
final class ParsedResponse {
    let response: FetchResponse

    private lazy var parsed = Result { () throws(FetchError) in
        try response.json(JSONValue.self, requiringSuccess: false)
    }

    init(_ response: FetchResponse) { self.response = response }

    var isSuccess: Bool { (200..<300).contains(response.status) }

    /// Returns the body as JSON.
    ///
    /// - Returns: The root value of the body.
    /// - Throws: ``FetchError`` with the code `malformedResponse` if the body isn't JSON.
    func json() throws(FetchError) -> JSONValue { try parsed.get() }

    func malformedResponseError(_ reason: String) -> FetchError { response.malformedResponseError(reason) }
}
