import FetchCore

/// A job, a key, and what a server makes of it.
struct EndpointInput: Sendable {
    var endpoint: any FetchEndpoint
    var id: String
    var canary: Canary
    var answers: [FuzzedAnswer]
    var facts = AnswerFacts()

    /// Whether all that came of it is looked through, which takes longer than all the rest.
    var isSearched = false

    /// The bytes of all answers.
    var size: Int {
        answers.reduce(0) { size, answer in
            if case .response(let response) = answer { size + response.body.count } else { size }
        }
    }

    var shown: String {
        let spelling = canary.spelling.map { ", written back \($0)" } ?? ""
        let head = "\(endpoint.name):\(Shown.text(id)), key \(Shown.text(canary.key))\(spelling)"
        let answers = answers.map { answer in
            switch answer {
            case .response(let response): Shown.response(response)
            case .lost(let words): "lost: \(Shown.text(words))"
            case .failed(let words): "failed: \(Shown.text(words))"
            }
        }
        return ([head] + answers).joined(separator: "\n")
    }
}
