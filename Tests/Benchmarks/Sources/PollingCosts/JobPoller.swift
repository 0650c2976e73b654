import FetchCore
import FetchTesting
import Foundation

/// A simulation of FetchKit's client with the default policy and schedule, on a virtual clock.
package struct JobPoller: Sendable {
    /// The durations learned from previous jobs.
    private var durations: [EndpointName: JobDurations] = [:]

    /// True if it learns from each polled job.
    package var learns: Bool

    /// Creates a poller without learned durations.
    package init(learns: Bool) {
        self.learns = learns
    }

    /// Polls a job from its submission until a response reports its end.
    package mutating func poll(_ job: TracedJob) async throws -> PolledJob {
        let clock = VirtualClock()
        let eta = job.eta.map { Duration.seconds($0) }
        let client = FetchClient(
            transport: TraceTransport(clock: clock, duration: .seconds(job.duration)),
            credentials: .none,
            configuration: FetchClient.Configuration(
                // The default policy with a longer deadline, so that every job ends.
                policy: PollingPolicy(deadline: .seconds(2 * Trace.maximumDuration)),
                durations: durations
            ),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
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
        return PolledJob(requests: requests, delay: max(clock.elapsed / .seconds(1) - job.duration, 0))
    }
}

/// An endpoint that is pending until the response's body is "done".
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

/// A transport that simulates one job and responds immediately.
private struct TraceTransport: FetchTransport {
    static let done = Data("done".utf8)
    static let processing = Data("processing".utf8)

    let clock: VirtualClock
    let duration: Duration

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        FetchResponse(status: 200, body: clock.elapsed >= duration ? Self.done : Self.processing)
    }
}
