import FetchCore
import FetchDownload
import FetchKitCommand
import Foundation
import Testing

@Suite("Display of jobs") struct DisplayStateTests {
    private struct Film: FetchOutput {
        let outputArtifacts: [Artifact] = []
    }

    private static func job(_ id: String) throws -> JobReference { try JobReference("modelslab.video:\(id)") }

    /// Adds a job and notes an event of it, at a number of seconds.
    private static func note(
        _ kind: JobEvent.Kind?,
        of id: String,
        at seconds: Double,
        _ moment: JobMoment = JobMoment(),
        in state: inout DisplayState
    ) throws {
        let job = try job(id)
        state.apply(JobEvent(.added(nil), of: job, at: .zero), at: JobMoment())
        if let kind { state.apply(JobEvent(kind, of: job, at: .seconds(seconds)), at: moment) }
    }

    /// One job in each phase.
    private static func phases() throws -> DisplayState {
        var state = DisplayState()
        let limited = FetchError(.rateLimited, "the server limits the request rate")
        let retry = FetchRetry(error: limited, requests: 1, elapsed: .seconds(1), nextRequest: .seconds(5))
        let remaining = Duration.seconds(3)...Duration.seconds(8)
        try note(nil, of: "new", at: 0, in: &state)
        try note(
            .pending(JobProgress(message: "Rendering"), requests: 1),
            of: "estimate",
            at: 2,
            JobMoment(fraction: JobFraction(0.4, source: .estimate), remaining: remaining),
            in: &state
        )
        try note(
            .pending(JobProgress(fraction: 0.5), requests: 1),
            of: "provider",
            at: 2,
            JobMoment(fraction: JobFraction(0.5, source: .provider)),
            in: &state
        )
        state.note(nextRequest: .seconds(4), of: try job("provider"))
        try note(.retry(retry), of: "retry", at: 1, in: &state)
        try note(.ended(JobOutcome(job("done"), .succeeded(Film()), requests: 3)), of: "done", at: 2, in: &state)
        var failure = FetchError(.jobFailed, "the job failed")
        failure.failure = JobFailure(message: "No face found")
        try note(.ended(JobOutcome(job("failed"), .failed(failure))), of: "failed", at: 2, in: &state)
        return state
    }

    private static func lines(_ state: DisplayState, _ width: Int, height: Int = 24) -> [String] {
        state.layout(width: width, height: height, now: .seconds(3)).map(\.text)
    }

    @Test func `40 columns show the mark, the name and one fact`() throws {
        let lines = Self.lines(try Self.phases(), 40)
        #expect(
            lines == [
                "⠋ model….video:new  no response yet",
                "⠋ model…o:estimate  2 to 7 s left",
                "⠋ model…o:provider  50 %",
                "⠋ model…ideo:retry  rate limited",
                "✓ model…video:done  done, 3 requests",
                "✗ model…deo:failed  failed: No face fou…",
                "4 waiting · 1 done · 1 failed",
            ]
        )
    }

    @Test func `80 columns add the bar and the time`() throws {
        let lines = Self.lines(try Self.phases(), 80)
        #expect(lines[1] == "⠋ modelslab.video:estimate  █████░░░░░  ~60 %   3.0 s  2 to 7 s left · Rendering")
        #expect(lines[2] == "⠋ modelslab.video:provider  ████░░░░░░   50 %   3.0 s  next request in 1.0 s")
        #expect(lines[4] == "✓ modelslab.video:done      ██████████          2.0 s  done, 3 requests")
        #expect(lines[5] == "✗ modelslab.video:failed    ░░░░░░░░░░          2.0 s  failed: No face found")
    }

    @Test func `120 and 200 columns have wider bars and more facts`() throws {
        for (width, bar) in [(120, 18), (200, 30)] {
            let lines = Self.lines(try Self.phases(), width)
            #expect(lines[4].filter { $0 == "█" }.count == bar)
            #expect(lines[3].hasSuffix("rate limited · next request in 3.0 s"))
            #expect(lines[1].hasSuffix("2 to 7 s left · Rendering"))
        }
    }

    @Test(arguments: 1...200)
    func `no line is wider than the terminal, and no layout higher`(width: Int) throws {
        var state = try Self.phases()
        try Self.note(.pending(JobProgress(message: "日本語👩‍👩‍👧‍👦"), requests: 1), of: "日本語", at: 1, in: &state)
        for height in [1, 2, 3, 5, 24] {
            let lines = state.layout(width: width, height: height, now: .seconds(3))
            #expect(lines.allSatisfy { $0.width <= width })
            #expect(lines.count <= max(height - 1, 1))
        }
    }

    @Test func `jobs that haven't ended are shown first if there are more than rows`() throws {
        var state = DisplayState()
        for number in 1...50 { try Self.note(nil, of: "\(number)", at: 0, in: &state) }
        for number in 1...40 {
            let outcome = JobOutcome(try Self.job("\(number)"), .succeeded(Film()))
            state.apply(JobEvent(.ended(outcome), of: outcome.job, at: .seconds(1)), at: JobMoment())
        }
        let lines = Self.lines(state, 80, height: 14)
        #expect(lines.count == 13)
        #expect(lines.prefix(1).allSatisfy { $0.contains("✓ modelslab.video:1 ") })
        #expect(lines.filter { $0.hasPrefix("⠋") }.count == 10)
        #expect(lines[11] == "  … and 39 more")
        #expect(lines[12] == "10 waiting · 40 done")
    }

    @Test func `a million ended jobs take the memory of a hundred`() throws {
        var state = DisplayState()
        for number in 1...1_000 {
            let outcome = JobOutcome(try Self.job("\(number)"), .succeeded(Film()))
            try Self.note(.ended(outcome), of: "\(number)", at: 1, in: &state)
        }
        #expect(state.layout(width: 80, height: 10_000, now: .zero).count <= 101)
        #expect(state.summary.text == "1000 done")
    }

    @Test func `the rows of jobs whose outputs are saved show the bytes`() throws {
        var state = DisplayState()
        state.savesFiles = true
        try Self.note(.ended(JobOutcome(Self.job("1"), .succeeded(Film()))), of: "1", at: 1, in: &state)
        #expect(state.summary.text == "1 saving")
        let job = try Self.job("1")
        let progress = DownloadProgress(bytes: 120_000, totalBytes: 480_000)
        state.apply(JobEvent(.saving(progress), of: job, at: .seconds(2)), at: JobMoment())
        #expect(
            Self.lines(state, 80).first == "⠋ modelslab.video:1  ██░░░░░░░░   25 %   3.0 s  saving, 120 kB of 480 kB"
        )
        state.apply(JobEvent(.saved(SavedResult()), of: job, at: .seconds(3)), at: JobMoment())
        #expect(state.summary.text == "1 done")
    }

    @Test func `an estimate goes on between responses, and never reaches the end`() throws {
        let state = try Self.phases()
        let percentages = [3, 4, 100].map { seconds in
            state.layout(width: 80, height: 24, now: .seconds(seconds))[1].text.split(separator: " ")[3]
        }
        #expect(percentages == ["~60", "~80", "~99"])
    }
}
