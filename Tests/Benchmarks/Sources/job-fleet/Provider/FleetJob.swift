import FetchCore
import FetchJobs
import Foundation
import Soaking
import TestSupport

/// The course of a job, which depends only on the seed and the job's number.
struct FleetJob: Sendable {
    /// The way in which a job ends at its provider.
    enum Ending: String, CaseIterable, Sendable {
        /// The job succeeds, and its output contains the job's number.
        case output
        /// The job fails, and its message contains the job's number.
        case failure
        /// The provider says that it doesn't know the job.
        case unknown
    }

    let number: Int
    let ending: Ending
    /// The seconds from the submission to the end.
    let duration: Double
    /// The ETA that the provider gave. `nil` if it gave none.
    let eta: Duration?
    /// The seconds after which the application cancels the job. `nil` if it doesn't.
    let cancellation: Double?
    /// The seconds after which a webhook wakes the job. `nil` if there is none.
    let webhook: Double?
    /// True if the application adds the job a second time, later.
    let isAddedAgain: Bool

    init(seed: UInt64, number: Int) {
        var generator = SplitMix64(seed: seed, decision: number)
        self.number = number
        duration = Double.random(in: 1...20, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<85: ending = .output
        case ..<95: ending = .failure
        default: ending = .unknown
        }
        eta = generator.bool(percentage: 50) ? .seconds(duration * .random(in: 0.5...1.5, using: &generator)) : nil
        let time = Double.random(in: 0...duration, using: &generator)
        let kind = Int.random(in: 0..<100, using: &generator)
        cancellation = kind < 2 ? time : nil
        webhook = (2..<7).contains(kind) ? duration : nil
        isAddedAgain = (7..<10).contains(kind)
    }

    /// The tenant of the job, one of five.
    var tenant: String { "tenant-\(number % 5)" }

    /// The account of the job: the client's own for four of five jobs.
    var account: AccountID? { number.isMultiple(of: 5) ? "second" : nil }

    /// The key that the provider expects.
    var key: String { Self.key(of: account) }

    static func key(of account: AccountID?) -> String { "sk-fleet-\(account?.rawValue ?? "own")" }

    /// The string that identifies the job in responses. It doesn't occur in those about other jobs.
    var marker: String { "#\(number)." }

    var link: String { "https://files.example.com/\(number).mp4" }

    var reference: JobReference {
        get throws { try JobReference(endpoint: "modelslab.video", id: "\(number)") }
    }

    /// Returns the job as the application adds it.
    func durable(submitted date: Date) throws -> DurableJob {
        DurableJob(
            try reference,
            submitted: Submission(at: date, eta: eta),
            tenant: tenant,
            account: account,
            note: ["number": .integer(Int64(number))]
        )
    }

    /// Returns the number of a job by its reference.
    static func number(of job: JobReference) -> Int? { Int(job.id.description) }
}

// Responses, as ModelsLab sends them.
extension FleetJob {
    /// Returns true if the job has ended a number of seconds after its submission.
    func hasEnded(after seconds: Double) -> Bool { ending == .unknown || seconds >= duration }

    /// Returns the response without faults to a request, a number of seconds after the submission.
    func response(after seconds: Double) -> FetchResponse {
        guard hasEnded(after: seconds) else {
            return json(#"{"status":"processing","id":\#(number),"message":"Try Again","output":[]}"#)
        }
        return switch ending {
        case .output: json(#"{"status":"success","id":\#(number),"generationTime":1.5,"output":["\#(link)"]}"#)
        case .failure: json(#"{"status":"failed","id":\#(number),"message":"no face in \#(marker)"}"#)
        case .unknown: json(#"{"status":"failed","message":"Request not found"}"#, status: 404)
        }
    }

    private func json(_ body: String, status: Int = 200) -> FetchResponse {
        FetchResponse(status: status, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }

    /// Returns the difference between the end in a store and the plan; `nil` if they agree.
    func problem(with end: JobEnd) -> String? {
        switch (ending, end.kind) {
        case (.output, .succeeded):
            let links = end.artifacts.compactMap(\.url?.absoluteString)
            return links == [link] ? nil : "job \(number) has the links \(links)"
        case (.failure, .failed):
            let message = end.failure?.message ?? ""
            return message.hasSuffix(" \(marker)") ? nil : "job \(number) has the message \(message)"
        case (.unknown, .gone): return nil
        case (_, .cancelled): return cancellation == nil ? "job \(number) was cancelled without a call" : nil
        default: return "job \(number) ended as \(end.kind) instead of \(ending)"
        }
    }
}
