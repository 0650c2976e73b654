import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Waits that continue a submission") struct ContinuedWaitTests {
    private static let submitted = FetchResponse(json: #"{"id": 7, "state": "pending"}"#)

    private let harness: PollingHarness

    init() throws {
        harness = PollingHarness([.pending, .done], registry: try EndpointRegistry(JSONStateEndpoint()))
    }

    @Test func `the result is awaited by type, by name, and without naming an endpoint`() async throws {
        let client = harness.client
        let named = EndpointName("test.job")
        let linked = FetchResponse(json: #"{"id": 7, "links": {"poll": "https://test.example/v1/jobs/7"}}"#)
        let outputs = try await harness.clock.run {
            [
                try await client.result(continuing: Self.submitted, of: JSONStateEndpoint()),
                try await client.result(continuing: Self.submitted, of: named) as? String,
                try await client.result(continuing: linked) as? String,
            ]
        }
        #expect(outputs == ["output", "output", "output"])
        #expect(Set(harness.requestURLs.map(\.absoluteString)) == ["https://test.example/v1/jobs/7"])
    }

    @Test func `each state is received by type, by name, and without naming an endpoint`() async throws {
        let client = harness.client
        let linked = FetchResponse(status: 202, headers: ["Location": "https://test.example/v1/jobs/7"])
        let counts = try await harness.clock.run {
            var counts: [Int] = []
            for updates in [
                client.updates(continuing: Self.submitted, of: "test.job"), client.updates(continuing: linked),
            ] {
                counts.append(try await updates.reduce(0) { count, _ in count + 1 })
            }
            let typed = client.updates(continuing: Self.submitted, of: JSONStateEndpoint())
            counts.append(try await typed.reduce(0) { count, _ in count + 1 })
            return counts
        }
        #expect(counts == [2, 1, 1])
    }

    @Test func `a job to store has the reference, the date of the server and the ETA`() async throws {
        let response = FetchResponse(
            json: #"{"id": 7, "state": "pending", "seconds": "40.5"}"#,
            headers: ["Date": "Tue, 14 Nov 2023 22:13:10 GMT"]
        )
        let expected = QueuedJob(
            try JobReference("test.job:7"),
            submitted: Submission(at: Date(timeIntervalSince1970: 1_699_999_990), eta: .seconds(40.5))
        )
        #expect(try await harness.client.submittedJob(in: response, of: JSONStateEndpoint()) == .queued(expected))
        guard case .queued(let named) = try await harness.client.submittedJob(in: response, of: "test.job") else {
            return #expect(Bool(false))
        }
        #expect(named == expected)
    }

    @Test func `a job that is done at once has complete links with their expiry date`() async throws {
        let endpoint = LinkEndpoint()
        var response = FetchResponse(
            json: #"{"id": "a1", "file": "/files/7.png"}"#,
            headers: ["Date": "Tue, 14 Nov 2023 22:13:10 GMT"]
        )
        response.url = URL(string: "https://links.example/v1/jobs")
        let artifact = try await harness.client.result(continuing: response, of: endpoint)
        #expect(artifact.url?.absoluteString == "https://links.example/files/7.png")
        #expect(artifact.expiryDate == Date(timeIntervalSince1970: 1_699_999_990 + 3_600))
    }

    @Test func `a job that was submitted by an account is polled with its key`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let response = FetchResponse(json: #"{"id": "0"}"#)
        guard case .queued(let job) = try await client.account("a").submittedJob(in: response, of: KeyedEndpoint())
        else { return #expect(Bool(false)) }
        #expect(job.account == "a")
        _ = try await harness.clock.run { try await client.outcomes(of: [job]).results() }
        #expect(harness.requests.map(\.key) == ["key-of-a"])
    }

    @Test func `the ETA of a pending state counts if the form names none`() async throws {
        let response = FetchResponse(json: #"{"id": 7, "state": "pending", "eta": 25}"#)
        let job = try await harness.client.submittedJob(in: response, of: JSONStateEndpoint())
        guard case .queued(let queued) = job else { return #expect(Bool(false)) }
        #expect(queued.submitted?.eta == .seconds(25))
    }

    @Test(arguments: ["1e999", "-5", #""soon""#, "null", "[]", "1e300"])
    func `an absurd ETA doesn't lose the job`(eta: String) async throws {
        let response = FetchResponse(json: #"{"id": 7, "seconds": \#(eta)}"#)
        let job = try await harness.client.submittedJob(in: response, of: JSONStateEndpoint())
        guard case .queued(let queued) = job else { return #expect(Bool(false)) }
        #expect(try queued.job == JobReference("test.job:7"))
    }

    @Test(
        arguments: [
            (["Date": "Tue, 14 Nov 2023 22:13:10 GMT"], -4, -10), ([:], -4, -4), (["Date": "yesterday"], -4, -4),
            ([:], nil, 0),
        ] as [(HeaderFields, Double?, Double)]
    )
    func `the submission has the date of the server, or of its receipt, or now`(
        headers: HeaderFields,
        receipt: Double?,
        expected: Double
    ) async throws {
        let now = harness.clock.date
        let response = FetchResponse(
            status: 200,
            headers: headers,
            body: Data(#"{"id": 7}"#.utf8),
            receivedAt: receipt.map { now.addingTimeInterval($0) }
        )
        let job = try await harness.client.submittedJob(in: response, of: JSONStateEndpoint())
        guard case .queued(let queued) = job else { return #expect(Bool(false)) }
        #expect(queued.submitted?.date == now.addingTimeInterval(expected))
    }

    @Test func `the schedule begins as with the same submission`() async throws {
        let response = FetchResponse(
            json: #"{"id": 7, "seconds": 60}"#,
            headers: ["Date": "Tue, 14 Nov 2023 22:13:10 GMT"]
        )
        let continued = PollingHarness([.pending, .pending, .done])
        _ = try await continued.clock.run {
            try await continued.client.result(continuing: response, of: JSONStateEndpoint())
        }
        let stated = PollingHarness([.pending, .pending, .done])
        let submission = Submission(at: stated.clock.date.addingTimeInterval(-10), eta: .seconds(60))
        _ = await stated.poll(submitted: submission)
        #expect(continued.requestTimes == stated.requestTimes)
        #expect(continued.requestTimes.first.map { $0 > .zero } == true)
    }

    @Test func `a job that has succeeded at once isn't polled`() async throws {
        let response = FetchResponse(json: #"{"id": 7, "state": "done", "message": "ready"}"#)
        let client = harness.client
        #expect(try await client.result(continuing: response, of: JSONStateEndpoint()) == "ready")
        #expect(try await client.result(continuing: response, of: "test.job") as? String == "ready")
        var states: [FetchState<String>] = []
        for try await update in client.updates(continuing: response, of: JSONStateEndpoint()) {
            states.append(update.state)
            #expect(update.requests == 0)
        }
        #expect(states == [.succeeded("ready")])
        #expect(try await client.submittedJob(in: response, of: JSONStateEndpoint()) == .succeeded("ready"))
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `a job that has succeeded at once needs no id`() async throws {
        let response = FetchResponse(json: #"{"id": null, "state": "done"}"#)
        #expect(try await harness.client.result(continuing: response, of: JSONStateEndpoint()) == "output")
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `a job that has failed at once isn't polled, and its error has the reason and the job`() async throws {
        let response = FetchResponse(json: #"{"id": 7, "state": "failed", "message": "no lighthouse"}"#)
        let client = harness.client
        let error = try #require(
            await #expect(throws: FetchError.self) {
                try await client.result(continuing: response, of: JSONStateEndpoint())
            }
        )
        #expect(error.code == .jobFailed)
        #expect(error.failure == JobFailure(message: "no lighthouse"))
        #expect(try error.job == JobReference("test.job:7"))
        var states: [FetchState<String>] = []
        for try await update in client.updates(continuing: response, of: JSONStateEndpoint()) {
            states.append(update.state)
        }
        #expect(states == [.failed(JobFailure(message: "no lighthouse"))])
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `a result that takes another request is polled`() async throws {
        let response = FetchResponse(json: #"{"id": 7, "state": "followUp"}"#)
        let output = try await harness.clock.run {
            try await harness.client.result(continuing: response, of: JSONStateEndpoint())
        }
        #expect(output == "output")
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `a response without the job's state still has the job`() async throws {
        let job = try await harness.client.submittedJob(in: FetchResponse(json: #"{"id": 7}"#), of: JSONStateEndpoint())
        guard case .queued(let queued) = job else { return #expect(Bool(false)) }
        #expect(queued.job.id == "7")
    }

    @Test func `a state isn't read from a response that isn't declared to have one`() async throws {
        var endpoint = JSONStateEndpoint()
        endpoint.submission = SubmissionForm(id: "id")
        let job = try await harness.client.submittedJob(
            in: FetchResponse(json: #"{"id": 7, "state": "done"}"#),
            of: endpoint
        )
        guard case .queued = job else { return #expect(Bool(false)) }
    }

    @Test func `a wait that continues a submission obeys its policy`() async throws {
        let harness = PollingHarness([.pending])
        let error = await harness.clock.run {
            await #expect(throws: FetchError.self) {
                try await harness.client.result(
                    continuing: Self.submitted,
                    of: JSONStateEndpoint(),
                    policy: PollingPolicy(deadline: .seconds(30))
                )
            }
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(harness.clock.elapsed <= .seconds(31))
    }

    @Test func `two waits for one submission share its requests`() async throws {
        let client = harness.client
        let outputs = try await harness.clock.run {
            async let one = client.result(continuing: Self.submitted, of: JSONStateEndpoint())
            async let other = client.result(JSONStateEndpoint(), id: 7)
            return try await [one, other]
        }
        #expect(outputs == ["output", "output"])
        #expect(harness.requestTimes.count == 2)
    }
}

/// An endpoint whose output is a link, which lives for an hour.
private struct LinkEndpoint: FetchEndpoint, Hashable {
    let name: EndpointName = "test.link"
    let provider: ProviderID = "links"
    let baseURL = URL(string: "https://links.example/v1")!
    let method = RequestMethod.get
    let path: PathTemplate = "jobs/{id}"
    let authorization = Authorization.none
    let artifactLifetime: Duration? = .seconds(3_600)
    let submission = SubmissionForm(id: "id", hasState: true)

    func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Artifact> {
        let body: JSONValue = try response.json()
        return body["file"]?.string.map { .succeeded(Artifact(link: $0, in: response)) } ?? .pending
    }
}
