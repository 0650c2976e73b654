import FetchCore

/// One response while it is read. Its body is parsed when a place in it is first asked for, and once.
final class Answer {
    let response: FetchResponse

    private lazy var parsed = Result { () throws(FetchError) in
        try response.jsonWhateverTheStatus(JSONValue.self)
    }

    init(_ response: FetchResponse) { self.response = response }

    var isSuccess: Bool { (200..<300).contains(response.status) }

    /// The body as JSON.
    ///
    /// - Throws: ``FetchError`` where it is none.
    func json() throws(FetchError) -> JSONValue { try parsed.get() }

    func malformed(_ reason: String) -> FetchError { response.malformed(reason) }
}
