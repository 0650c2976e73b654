import FetchCore
import FetchJobs
import TestSupport

/// A job of a simulated fleet, and how it ends at the provider.
struct SimulatedJob: Sendable {
    enum Course: Sendable {
        case succeeds, fails
        /// Its deadline passes.
        case neverEnds
        /// Each response about it ends the process that receives it, until the process is mended.
        case isPoisonous
    }

    let number: Int
    let endpoint: EndpointName
    let account: AccountID?
    let course: Course
    /// The time at which it ends, on the clock of the run.
    let end: Duration
    /// The time at which it is added.
    let addition: Duration

    /// Chooses the job with a number at random.
    init(number: Int, using random: inout SplitMix64) {
        self.number = number
        endpoint = Int.random(in: 0..<5, using: &random) == 0 ? "example.other" : "example.jobs"
        account = Bool.random(using: &random) ? "a" : nil
        course =
            switch Int.random(in: 0..<30, using: &random) {
            case 0: .isPoisonous
            case 1..<3: .neverEnds
            case 3..<7: .fails
            default: .succeeds
            }
        addition = .seconds(Double.random(in: 0...60, using: &random))
        end = addition + .seconds(Double.random(in: 0...120, using: &random))
    }

    func stored() throws -> DurableJob {
        try DurableJob(
            "\(endpoint):\(number)",
            tenant: ["x", "y", nil][number % 3],
            account: account,
            deadline: .afterAdding(course == .neverEnds ? .seconds(100) : .seconds(86_400)),
            note: .integer(Int64(number))
        )
    }

    /// Returns true if the kind of an end is one that the job can have.
    func canEnd(with kind: JobEnd.Kind) -> Bool {
        switch kind {
        case .cancelled: true
        case .succeeded: course == .succeeds || course == .isPoisonous
        case .failed: course == .fails
        case .deadline: course == .neverEnds
        default: false
        }
    }
}
