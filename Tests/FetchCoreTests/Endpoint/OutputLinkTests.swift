import FetchCore
import FetchTesting
import Foundation
import Testing

/// Tests of what a client hands out of a finished job's output.
@Suite("Links in outputs") struct OutputLinkTests {
    private func harness(_ body: String, _ plugin: some FetchPlugin) throws -> PollingHarness {
        PollingHarness([.json(body).after(.seconds(5))], registry: try EndpointRegistry(plugin))
    }

    /// Returns the artifacts of a job that is polled by name, and requires that polling by type gives the same.
    private func artifacts<Output: FetchOutput>(
        _ body: String,
        _ endpoint: LinkingEndpoint<Output>
    ) async throws -> [Artifact] {
        let harness = try harness(body, endpoint)
        let job = try JobReference("test.links:7")
        return try await harness.clock.run {
            let named = try await harness.client.result(job).outputArtifacts
            let typed = try await harness.client.result(endpoint, id: 7).outputArtifacts
            #expect(typed.map(\.content) == named.map(\.content))
            return named
        }
    }

    private static let mixed = #"["javascript:alert(1)", "https://example.com/a.png", "file:///etc/passwd"]"#

    @Test func `one bad link doesn't cost a finished job its other outputs`() async throws {
        for artifacts in [
            try await artifacts(Self.mixed, LinkingEndpoint<[Artifact]>()),
            try await artifacts(Self.mixed, LinkingEndpoint<[URL]>.urls),
        ] {
            #expect(artifacts.compactMap(\.url?.absoluteString) == ["https://example.com/a.png"])
            #expect(artifacts.compactMap(\.problem).count == 2)
            #expect(artifacts.count == 3)
        }
    }

    @Test(arguments: [#"["javascript:alert(1)"]"#, #"["file:///etc/passwd", "nowhere"]"#])
    func `a job of whose outputs none can be used is an error about the output`(body: String) async throws {
        for endpoint: any FetchEndpoint in [LinkingEndpoint<[Artifact]>(), LinkingEndpoint<[URL]>.urls] {
            let harness = try harness(body, endpoint)
            let job = try JobReference("test.links:7")
            let error = try #require(
                await #expect(throws: FetchError.self) {
                    try await harness.clock.run { try await harness.client.result(job) }
                }
            )
            #expect(error.code == .unusableOutput)
            #expect(error.hasJobEnded)
            #expect(!error.isRetryable)
            #expect(error.message.hasPrefix("the job is done, but "))
            #expect(error.message.contains(body.contains("java") ? "“javascript:alert(1)”" : "none of its 2 outputs"))
            #expect(JobResult(error) == .failed(error))
            #expect(harness.requestTimes.count == 1)
        }
    }

    @Test func `an output without artifacts stays a success`() async throws {
        #expect(try await artifacts("[]", LinkingEndpoint<[Artifact]>()).isEmpty)
    }

    @Test func `a word in a JSON output is text and never a link`() async throws {
        let body = #"["javascript:alert(1)", "/files/7", "https://example.com/a.png"]"#
        let artifacts = try await artifacts(body, LinkingEndpoint<JSONValue> { .succeeded(try $0.json()) })
        #expect(artifacts.map(\.text) == ["javascript:alert(1)", "/files/7", nil])
    }

    @Test func `a relative link is resolved against the URL of the response that has it`() async throws {
        let expected = ["https://api.example.com/files/7", "https://api.example.com/v1/files/8"]
        let body = #"["/files/7", "../files/8"]"#
        let plain = LinkingEndpoint<[Artifact]> { response in
            .succeeded(try response.json([URL].self).map { Artifact(link: $0) })
        }
        for artifacts in [
            try await artifacts(body, LinkingEndpoint<[Artifact]>()), try await artifacts(body, .urls),
            try await artifacts(body, plain),
        ] {
            #expect(artifacts.map(\.url?.absoluteString) == expected)
        }
        let followed = LinkingEndpoint<[Artifact]> { response in
            .followUp(
                FollowUp("results/latest/{id}") { response in
                    .succeeded(try response.json([URL].self).map { Artifact(link: $0) })
                }
            )
        }
        let artifacts = try await artifacts(body, followed)
        #expect(artifacts.last?.url?.absoluteString == "https://api.example.com/v1/results/files/8")
    }

    @Test func `a link has the expiry date that follows from the response's date and the endpoint`() async throws {
        let harness = try harness(
            #"["https://example.com/a.png", "nowhere"]"#,
            LinkingEndpoint<[Artifact]>(artifactLifetime: .seconds(600))
        )
        let start = harness.clock.date
        let job = try JobReference("test.links:7")
        let artifacts = try await harness.clock.run { try await harness.client.result(job).outputArtifacts }
        #expect(artifacts.map(\.expiryDate) == [start.addingTimeInterval(605), nil])
        #expect(try await self.artifacts(Self.mixed, LinkingEndpoint<[Artifact]>()).allSatisfy { $0.expiryDate == nil })
    }

    @Test func `an expiry date from the response stays, and only links have one`() async throws {
        let date = Date(timeIntervalSinceReferenceDate: 7)
        let endpoint = LinkingEndpoint<[Artifact]>(artifactLifetime: .seconds(600)) { _ in
            let url = URL(string: "https://example.com/a.png")!
            return .succeeded([Artifact(link: url, expiryDate: date), Artifact(.text("a"))])
        }
        #expect(try await artifacts("[]", endpoint).map(\.expiryDate) == [date, nil])
    }

    @Test(arguments: [Duration.seconds(-5), .seconds(Int64.max)])
    func `a lifetime out of range is clamped`(lifetime: Duration) async throws {
        let endpoint = LinkingEndpoint<[Artifact]>(artifactLifetime: lifetime)
        #expect(try await artifacts(#"["https://example.com/a.png"]"#, endpoint).first?.expiryDate != nil)
    }

    @Test func `an output of the endpoint's own type passes the context on to its artifacts`() async throws {
        struct Film: FetchOutput {
            var files: [Artifact]
            var outputArtifacts: [Artifact] { files }

            func outputCompleted(by links: LinkContext) -> Self { Film(files: files.outputCompleted(by: links)) }
        }
        let endpoint = LinkingEndpoint<Film>(artifactLifetime: .seconds(60)) { response in
            .succeeded(Film(files: try response.json([URL].self).map { Artifact(link: $0) }))
        }
        let artifacts = try await artifacts(#"["/a.png"]"#, endpoint)
        #expect(artifacts.first?.url?.absoluteString == "https://api.example.com/a.png")
        #expect(artifacts.first?.expiryDate != nil)
    }

    @Test func `a failed job hands out what it has produced`() async throws {
        let endpoint = LinkingEndpoint<[Artifact]>(artifactLifetime: .seconds(60)) { response in
            let links: [String] = try response.json()
            return .failed(JobFailure(.expired, artifacts: links.map { Artifact(link: $0, in: response) }))
        }
        let harness = try harness(#"["/files/7", "nowhere"]"#, endpoint)
        let job = try JobReference("test.links:7")
        let state = try await harness.clock.run { try await harness.client.fetch(job) }
        guard case .failed(let failure) = state else { return #expect(Bool(false), "\(state)") }
        #expect(failure.reason == .expired)
        #expect(failure.artifacts.map(\.url?.absoluteString) == ["https://api.example.com/files/7", nil])
        #expect(failure.artifacts.first?.expiryDate != nil)
        #expect(failure.description == "expired, with 2 artifacts")
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(job) }
        }
        #expect(error?.failure?.artifacts.count == 2)
    }
}
