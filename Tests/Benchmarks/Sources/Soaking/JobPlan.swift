package import FetchCore
import TestSupport

/// The simulated course of a job, which depends only on the seed and the job's number.
package struct JobPlan: Sendable, Equatable {
    /// The terminal state of a job.
    package enum Ending: String, CaseIterable, Sendable {
        /// The job succeeds, and its output contains the job's number.
        case output
        /// The job fails, and its message contains the job's number.
        case failure
        /// The server reports that it doesn't know the job.
        case unknown
        /// The server rejects the request with an error that isn't retryable.
        case refusal
        /// The job is pending until the client cancels it.
        case endless
    }

    /// An action of the client that becomes due at the nth request for the job.
    package enum ClientAction: Sendable, Equatable {
        /// `FetchClient.wake`, as after a push notification.
        case wakeUp(request: Int)
        /// A concurrent call of `FetchClient.result` for the job, which may be cancelled at once.
        case secondCaller(request: Int, isCancelled: Bool)
        /// The job's cancellation in its batch.
        case cancellation(request: Int)
        /// The job's cancellation in its batch, a number of microseconds after the response with its terminal state.
        /// Either the outcome or the cancellation can come first.
        case cancellationRace(delay: Int)
    }

    private static let accounts = 10

    let number: Int
    let family: Family
    package let ending: Ending
    /// The number of pending responses before the terminal state, including those that faults replace.
    let pendingResponses: Int
    let action: ClientAction?
    /// The ETA at submission in milliseconds; `nil` if the client has no submission date and ETA.
    let eta: Int?

    init(seed: UInt64, number: Int) {
        var generator = SplitMix64(seed: seed, decision: number)
        self.number = number
        // Consecutive jobs belong to different families.
        family = Family.allCases[number % Family.allCases.count]
        // 95 % of the jobs need a second request, so that the client polls all jobs before the first tenth has ended.
        let pendingResponses = generator.bool(percentage: 5) ? 0 : Int.random(in: 1...5, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<74: ending = .output
        case ..<84: ending = .failure
        case ..<88: ending = .unknown
        case ..<94: ending = .refusal
        default: ending = .endless
        }
        self.pendingResponses = ending == .unknown ? 0 : pendingResponses
        let request = Int.random(in: 1...(self.pendingResponses + 1), using: &generator)
        let isCancelled = generator.bool(percentage: 25)
        let delay = Int.random(in: 0...800, using: &generator)
        switch Int.random(in: 0..<100, using: &generator) {
        case _ where ending == .endless: action = .cancellation(request: request)
        case ..<8: action = .wakeUp(request: request)
        case ..<16: action = .secondCaller(request: request, isCancelled: isCancelled)
        case ..<20: action = .cancellationRace(delay: delay)
        default: action = nil
        }
        eta = generator.bool(percentage: 25) ? Int.random(in: 0...80, using: &generator) : nil
    }

    /// Returns true if the response to the job's nth request, counted from 1, has its terminal state.
    func hasEnded(at request: Int) -> Bool { ending != .endless && request > pendingResponses }

    /// The string that identifies the job in responses, such as `#12.`. It doesn't occur in responses about other jobs.
    var marker: String { "#\(number)." }

    /// The URL of the job's output.
    var link: String { "https://files.example.com/\(family.rawValue)/\(number).mp4" }

    /// The reference with which the client polls the job.
    package var reference: JobReference {
        get throws { try JobReference(endpoint: EndpointName(family.rawValue), id: family.id(of: number)) }
    }
}

// Accounts.
extension JobPlan {
    /// The account of the job: one of ten, or the client's own for four of five jobs.
    var account: AccountID? {
        number.isMultiple(of: 5) ? AccountID("tenant-\(number / 5 % Self.accounts)") : nil
    }

    /// The key that the server expects for the job.
    var key: String { Self.key(of: family, account) }

    /// Returns the key of an account for a family's provider.
    static func key(of family: Family, _ account: AccountID?) -> String {
        account.map { "\(family.key)-\($0)" } ?? family.key
    }
}
