import FetchCore

/// A job with its endpoint and key, and the server's responses.
struct EndpointInput: Sendable {
    var endpoint: any FetchEndpoint
    var id: String
    var canary: Canary
    var responses: [FuzzedResponse]
    var facts = ResponseFacts()

    /// True if all results are searched for the key, which is slow.
    var isSearched = false

    /// The total size of all bodies in bytes.
    var size: Int {
        responses.reduce(0) { size, response in
            if case .response(let response) = response { size + response.body.count } else { size }
        }
    }

    var description: String {
        let escaping = canary.escaping.map { ", echoed with escaping \($0)" } ?? ""
        let head = "\(endpoint.name):\(Escaped.string(id)), key \(Escaped.string(canary.key))\(escaping)"
        let responses = responses.map { response in
            switch response {
            case .response(let response): Escaped.response(response)
            case .lost(let words): "lost: \(Escaped.string(words))"
            case .failed(let words): "failed: \(Escaped.string(words))"
            }
        }
        return ([head] + responses).joined(separator: "\n")
    }
}
