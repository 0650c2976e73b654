import FetchCore
import FetchTesting
import Foundation

/// Watches jobs with FetchKit's client, default policy and default schedule, in virtual time.
package struct Watcher: Sendable {
    /// What the clients before have learned.
    private var durations: [EndpointName: JobDurations] = [:]

    /// Whether it learns from each job that it has watched.
    package var learns: Bool

    /// Creates a watcher that has learned nothing.
    package init(learns: Bool) {
        self.learns = learns
    }

    /// Watches a job from its submission to the answer that says that it is done.
    package mutating func watch(_ job: TracedJob) async throws -> Watch {
        let clock = VirtualClock()
        let eta = job.eta.flatMap { Duration(clampingSeconds: $0) }
        let client = FetchClient(
            transport: TraceTransport(clock: clock, duration: .seconds(job.duration)),
            credentials: .none,
            // The default, but for the deadline, which would end some jobs early.
            policy: PollingPolicy(deadline: .seconds(2 * Trace.longest)),
            durations: durations,
            clock: clock,
            wallClock: clock.wallClock
        )
        let requests = try await clock.run {
            var requests = 0
            let submission = Submission(at: clock.date, eta: eta)
            for try await update in client.updates(TraceEndpoint(), id: 1, submitted: submission) {
                requests = update.requests
            }
            return requests
        }
        if learns { durations = client.durations }
        return Watch(requests: requests, delay: max(clock.elapsed.seconds - job.duration, 0))
    }
}

/// An endpoint whose answer is "processing" and nothing else, until it is "done".
private struct TraceEndpoint: FetchEndpoint {
    let name: EndpointName = "trace.job"
    let provider: ProviderID = "trace"
    let baseURL = URL(string: "https://trace.example")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
        response.body == TraceTransport.done ? .succeeded("") : .pending(JobProgress())
    }
}

/// A service with one job, which answers in no time.
private struct TraceTransport: FetchTransport {
    static let done = Data("done".utf8)
    static let processing = Data("processing".utf8)

    let clock: VirtualClock
    let duration: Duration

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        FetchResponse(status: 200, body: clock.elapsed >= duration ? Self.done : Self.processing)
    }
}
