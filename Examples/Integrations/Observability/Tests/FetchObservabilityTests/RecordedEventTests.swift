import FetchCore
import FetchObservability
import Foundation
import Testing

@Suite("Recorded events") struct RecordedEventTests {
    private func recorded(_ kind: FetchEvent.Kind) throws -> FetchEvent.Kind {
        let event = FetchEvent(job: try JobReference("example.clip:1"), provider: "example", kind: kind)
        return RecordedEvent(event, at: .zero, Date(timeIntervalSince1970: 0)).event.kind
    }

    @Test func `a response isn't kept in the buffer`() throws {
        let large = JSONValue.string(String(repeating: "x", count: 100_000))
        let progress = JobProgress(eta: .seconds(4), fraction: 0.5, message: "wait", details: ["frames": large])
        let expected = JobProgress(eta: .seconds(4), fraction: 0.5)
        #expect(
            try recorded(.pending(progress, latency: .seconds(1))) == .pending(expected, latency: .seconds(1))
        )
    }

    @Test func `an error keeps its code, status, remedy and the beginning of its message`() throws {
        var error = FetchError(.serverError, String(repeating: "x", count: 5_000), remedy: "Wait.")
        error.httpStatus = 503
        error.lastProgress = JobProgress(message: "wait")
        guard case .failed(let kept, _) = try recorded(.failed(error, latency: .zero)) else {
            Issue.record("the kind has changed")
            return
        }
        #expect(kept.code == .serverError)
        #expect(kept.isRetryable)
        #expect(kept.httpStatus == 503)
        #expect(kept.remedy == "Wait.")
        #expect(kept.message.count == 1_000)
        #expect(kept.lastProgress == nil)
    }
}
