import FetchCore
import Foundation

/// A generator of responses that mutates seeds: first the structure, then the bytes, then status and header fields.
struct ResponseMutator: Sendable {
    let seeds: [Seed]

    /// Returns the responses of one exchange and the facts about the first one.
    func responses(_ canary: Canary, _ random: inout SeededRandom) -> (
        responses: [FuzzedResponse], facts: ResponseFacts
    ) {
        var facts = ResponseFacts()
        var responses: [FuzzedResponse] = []
        for (index, original) in random.pick(seeds).responses.enumerated() {
            // Half of the first responses stay unchanged, since follow-ups would otherwise rarely be requested.
            let isUnchanged = index == 0 && !random.oneIn(2) && !canary.isEchoed
            if random.oneIn(60) {
                responses.append(lost(canary, &random))
            } else {
                let (response, responseFacts) = response(
                    original,
                    isUnchanged: isUnchanged && !random.oneIn(3),
                    canary,
                    &random
                )
                if index == 0 { facts = responseFacts }
                responses.append(.response(response))
            }
        }
        return (responses, facts)
    }

    private func lost(_ canary: Canary, _ random: inout SeededRandom) -> FuzzedResponse {
        let words = canary.echo(&random) ?? random.pick(OddValues.strings)
        // FetchKit doesn't change the message of a `FetchError` from a transport, except that it redacts the key.
        return random.oneIn(2)
            ? .lost(words) : .failed(canary.echo(&random) ?? "the server's certificate can't be trusted")
    }

    private func response(
        _ original: Seed.Response,
        isUnchanged: Bool,
        _ canary: Canary,
        _ random: inout SeededRandom
    ) -> (FetchResponse, ResponseFacts) {
        var response = original.response
        var facts = ResponseFacts()
        if random.oneIn(2_000) {
            response.body = Data(random.pick(GiantBody.allCases).bytes(canary, &random))
        } else {
            var bytes = Array(response.body)
            if var tree = original.tree {
                for _ in 0..<(isUnchanged ? 0 : 1 + random.below(4)) {
                    random.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &random)
                }
                if canary.isEchoed, random.oneIn(2) { TreeMutation.echo.apply(to: &tree, canary: canary, &random) }
                facts = ResponseFacts(tree)
                var style = JSONTreeWriter.Style.any(&random)
                // An escaped key isn't escaped a second time.
                if canary.usesEscapes { style.unicodeEscapeRate = nil }
                bytes = JSONTreeWriter.bytes(of: tree, style, random)
            }
            if !isUnchanged, random.oneIn(4) {
                for _ in 0...random.below(3) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
                facts = ResponseFacts()
            }
            response.body = Data(bytes)
        }
        if !isUnchanged { changeHead(of: &response, canary, &random) }
        return (response, facts)
    }

    private func changeHead(of response: inout FetchResponse, _ canary: Canary, _ random: inout SeededRandom) {
        if random.oneIn(4) { response.status = random.pick(OddValues.statuses) }
        if random.oneIn(4) { response.headers["Retry-After"] = RetryAfterSample.any(&random).text }
        if random.oneIn(12) { response.headers["Date"] = RetryAfterSample.any(&random).text }
        if random.oneIn(12) {
            response.headers["Content-Type"] = random.pick([
                "", ";", "IMAGE/PNG; q=1", "video/mp4", "text/html", " , ", "ü",
            ])
        }
        if random.oneIn(20) {
            response.headers[random.pick(["finish-reason", "x-key", ""])] = random.pick(OddValues.strings)
        }
        if random.oneIn(6), let echo = canary.echo(&random) {
            response.headers.append(name: random.oneIn(2) ? "WWW-Authenticate" : echo, value: echo)
            response.headers["finish-reason"] = random.oneIn(4) ? echo : nil
        }
    }
}

extension Canary {
    var isEchoed: Bool { escaping != nil }

    fileprivate var usesEscapes: Bool {
        switch escaping {
        case nil, .plain?, .slashes?: false
        default: true
        }
    }
}
