import FetchCore
import Foundation

/// Makes answers out of seeds: structure first, then bytes, then status and header fields.
struct AnswerMaker: Sendable {
    let seeds: [Seed]

    /// The answers of one exchange, and what is true of the first of them.
    func answers(_ canary: Canary, _ dice: inout Dice) -> (answers: [FuzzedAnswer], facts: AnswerFacts) {
        var facts = AnswerFacts()
        var answers: [FuzzedAnswer] = []
        for (index, answer) in dice.pick(seeds).answers.enumerated() {
            // Half of the first answers of several stay as they are: what follows would never be asked for.
            let isWhole = index == 0 && !dice.oneIn(2) && !canary.isWrittenBack
            if dice.oneIn(60) {
                answers.append(lost(canary, &dice))
            } else {
                let (response, itsFacts) = response(answer, isWhole: isWhole && !dice.oneIn(3), canary, &dice)
                if index == 0 { facts = itsFacts }
                answers.append(.response(response))
            }
        }
        return (answers, facts)
    }

    private func lost(_ canary: Canary, _ dice: inout Dice) -> FuzzedAnswer {
        let words = canary.echo(&dice) ?? dice.pick(OddValues.texts)
        // What a transport says in an error of the client's type is told as it is.
        return dice.oneIn(2) ? .lost(words) : .failed(canary.echo(&dice) ?? "the server's certificate can't be trusted")
    }

    private func response(
        _ answer: Seed.Answer,
        isWhole: Bool,
        _ canary: Canary,
        _ dice: inout Dice
    ) -> (FetchResponse, AnswerFacts) {
        var response = answer.response
        var facts = AnswerFacts()
        if dice.oneIn(2_000) {
            response.body = Data(dice.pick(GiantBody.allCases).bytes(canary, &dice))
        } else {
            var bytes = Array(response.body)
            if var tree = answer.tree {
                for _ in 0..<(isWhole ? 0 : 1 + dice.below(4)) {
                    dice.pick(TreeMutation.allCases).apply(to: &tree, canary: canary, &dice)
                }
                if canary.isWrittenBack, dice.oneIn(2) { TreeMutation.echo.apply(to: &tree, canary: canary, &dice) }
                facts = AnswerFacts(tree)
                var style = TreeWriter.Style.any(&dice)
                // What one writer has spelt in its way isn't spelt again by another.
                if canary.isSpelledOddly { style.codes = nil }
                bytes = TreeWriter.bytes(of: tree, style, dice)
            }
            if !isWhole, dice.oneIn(4) {
                for _ in 0...dice.below(3) { dice.pick(ByteMutation.allCases).apply(to: &bytes, &dice) }
                facts = AnswerFacts()
            }
            response.body = Data(bytes)
        }
        if !isWhole { changeHead(of: &response, canary, &dice) }
        return (response, facts)
    }

    private func changeHead(of response: inout FetchResponse, _ canary: Canary, _ dice: inout Dice) {
        if dice.oneIn(4) { response.status = dice.pick(OddValues.statuses) }
        if dice.oneIn(4) { response.headers["Retry-After"] = RetryAfterText.any(&dice).text }
        if dice.oneIn(12) { response.headers["Date"] = RetryAfterText.any(&dice).text }
        if dice.oneIn(12) {
            response.headers["Content-Type"] = dice.pick([
                "", ";", "IMAGE/PNG; q=1", "video/mp4", "text/html", " , ", "ü",
            ])
        }
        if dice.oneIn(20) { response.headers[dice.pick(["finish-reason", "x-key", ""])] = dice.pick(OddValues.texts) }
        if dice.oneIn(6), let echo = canary.echo(&dice) {
            response.headers.append(name: dice.oneIn(2) ? "WWW-Authenticate" : echo, value: echo)
            response.headers["finish-reason"] = dice.oneIn(4) ? echo : nil
        }
    }
}

extension Canary {
    var isWrittenBack: Bool { spelling != nil }

    fileprivate var isSpelledOddly: Bool {
        switch spelling {
        case nil, .plain?, .slashes?: false
        default: true
        }
    }
}
