import FetchCore

/// One response while it is read. Its body is parsed when a place in it is first asked for, and once.
final class Answer {
    let response: FetchResponse

    private lazy var parsed = Result { () throws(FetchError) in
        try response.json(JSONValue.self, requiringSuccess: false)
    }

    init(_ response: FetchResponse) { self.response = response }

    var isSuccess: Bool { (200..<300).contains(response.status) }

    /// The body as JSON.
    ///
    /// - Throws: ``FetchError`` where it is none.
    func json() throws(FetchError) -> JSONValue { try parsed.get() }

    func malformedResponseError(_ reason: String) -> FetchError { response.malformedResponseError(reason) }
}
