import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Places of a job in the response to its submission") struct SubmissionPlaceTests {
    private func job<ID: FetchID>(
        _ response: FetchResponse,
        _ endpoint: ConfigurableEndpoint<ID>,
        origins: [ProviderID: Origin] = [:]
    ) async throws -> String? {
        let client = FetchClient(scripted: ScriptedTransport([.json("{}")]), origins: origins)
        guard case .queued(let job) = try await client.submittedJob(in: response, of: endpoint) else { return nil }
        return job.job.id
    }

    @Test(arguments: [
        (#"{"id": "a1", "task": "b2"}"#, "a1"), (#"{"id": null, "task": "b2"}"#, "b2"),
        (#"{"id": "", "task": "b2"}"#, "b2"),
        (#"{"id": {}, "task": 7}"#, "7"), (#"{"id": 9223372036854775807}"#, "9223372036854775807"),
        (#"{"data": {"jobs": [{"id": "c3"}]}}"#, "c3"), (#"{"id": "fetch/d 4"}"#, "fetch/d 4"),
        (#"{"url": "https://api.example.com/v1/fetch/e5"}"#, "e5"),
        (#"{"id": "a1", "url": "https://api.example.com/v1/fetch/e5"}"#, "a1"),
    ])
    func `the first place with an id counts, and a URL counts last`(body: String, id: String) async throws {
        let endpoint = ConfigurableEndpoint<String>(
            submission: SubmissionForm(id: "id", "task", "data.jobs[0].id", url: "url")
        )
        #expect(try await job(FetchResponse(json: body), endpoint) == id)
    }

    @Test(
        arguments: [
            ("https://api.example.com/v1/fetch/7", nil), ("/v1/fetch/7", "https://api.example.com/v1/jobs"),
            ("fetch/7", "https://api.example.com/v1/jobs?key=x"), ("/v1/fetch/7", nil),
        ] as [(String, String?)]
    )
    func `a header has the polling URL, absolute or relative to the submission`(location: String, submission: String?)
        async throws
    {
        for name in ["Location", "operation-location"] {
            let response = FetchResponse(
                status: 202,
                headers: [name: location],
                url: submission.flatMap { URL(string: $0) }
            )
            let endpoint = ConfigurableEndpoint<Int>(
                submission: SubmissionForm(url: .header("Location"), .header("Operation-Location"))
            )
            #expect(try await job(response, endpoint) == "7")
        }
    }

    @Test func `a polling URL of the origin that replaces the endpoint's own is accepted`() async throws {
        let proxy = try Origin(of: #require(URL(string: "http://127.0.0.1:8080")))
        let endpoint = ConfigurableEndpoint<Int>(submission: SubmissionForm(url: "url"))
        let response = FetchResponse(json: #"{"url": "http://127.0.0.1:8080/v1/fetch/7"}"#)
        #expect(try await job(response, endpoint, origins: ["example": proxy]) == "7")
    }

    @Test(arguments: [
        ("https://api.example.com/v1/get?id=7", true), ("https://eu.example.net/v1/get?id=7", true),
        ("https://example.net.evil.com/v1/get?id=7", false), ("https://evil.com/?id=7", false),
        ("http://eu.example.net/v1/get?id=7", false),
    ])
    func `an id that is a URL has to be one of the provider's own`(url: String, isAccepted: Bool) async throws {
        let endpoint = ConfigurableEndpoint<PollingURL>(
            path: "",
            domains: ["example.net"],
            submission: SubmissionForm(url: "urls.get")
        )
        let response = FetchResponse(json: #"{"id": "7", "urls": {"get": "\#(url)"}}"#)
        if isAccepted {
            #expect(try await job(response, endpoint) == url)
        } else {
            let error = await #expect(throws: FetchError.self) { try await job(response, endpoint) }
            #expect(error?.code == .refusedURL)
        }
    }

    @Test(arguments: ["https://api.example.com/v1/videos/text", "http://127.0.0.1:9/v1/videos/text?key=x"])
    func `a part of the id can be in the URL of the submission`(url: String) async throws {
        let endpoint = ConfigurableEndpoint<String>(
            path: "videos/{kind}/{task}",
            idForm: "{kind}/{task}",
            submission: SubmissionForm(id: "data.task_id", path: "videos/{kind}")
        )
        var response = FetchResponse(json: #"{"data": {"task_id": 83}}"#)
        response.url = URL(string: url)
        #expect(try await job(response, endpoint) == "text/83")
    }

    @Test func `an id that has another form than the endpoint's is refused`() async throws {
        let endpoint = ConfigurableEndpoint<String>(
            path: "videos/{kind}/{task}",
            idForm: "{kind}/{task}",
            submission: SubmissionForm(id: "name")
        )
        #expect(try await job(FetchResponse(json: #"{"name": "text/83"}"#), endpoint) == "text/83")
        let error = await #expect(throws: FetchError.self) {
            try await job(FetchResponse(json: #"{"name": "text"}"#), endpoint)
        }
        #expect(error?.code == .invalidID)
    }

    @Test(arguments: [nil, "https://api.example.com/v1/pictures/text", "https://api.example.com/v1/videos/a/b"])
    func `without the URL of the submission, the error says what to set`(url: String?) async throws {
        let endpoint = ConfigurableEndpoint<String>(
            path: "videos/{kind}/{task}",
            idForm: "{kind}/{task}",
            submission: SubmissionForm(id: "task", path: "videos/{kind}")
        )
        var response = FetchResponse(json: #"{"task": 83}"#)
        response.url = url.flatMap { URL(string: $0) }
        let error = await #expect(throws: FetchError.self) { try await job(response, endpoint) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.remedy == "Set the response's url to that of the submission, such as videos/{kind}.")
    }

    @Test(arguments: [
        (SubmissionForm(id: "data..id"), "a member name"), (SubmissionForm(id: ""), "a member name"),
        (SubmissionForm(url: .header("Operation Location")), "is not the name of a header field"),
        (SubmissionForm(eta: "eta"), "names neither an id nor a URL"),
        (SubmissionForm(id: "id", path: "videos/{kind}"), "doesn't leave one value"),
        (SubmissionForm(id: "id", path: "videos/{id}"), "doesn't leave one value"),
        (SubmissionForm(url: "url", path: "videos"), "doesn't leave one value"),
        (SubmissionForm(id: "id", path: "videos/{"), "unmatched brace"),
    ])
    func `a malformed form is found at registration`(form: SubmissionForm, reason: String) throws {
        let error = #expect(throws: FetchError.self) {
            try EndpointRegistry(ConfigurableEndpoint<Int>(submission: form))
        }
        #expect(error?.code == .malformedEndpoint)
        #expect(error?.message.contains(reason) == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error?.endpoint == "example.jobs")
    }

    @Test func `the endpoint is found by the URL among several that expect it at other places`() async throws {
        func endpoint(_ name: EndpointName, _ path: PathTemplate, _ form: SubmissionForm) -> ConfigurableEndpoint<
            String
        > {
            ConfigurableEndpoint(name: name, path: path, submission: form)
        }
        let registry = try EndpointRegistry(
            endpoint("example.a", "a/{id}", SubmissionForm(id: "id", url: "urls.get")),
            endpoint("example.b", "b/{id}", SubmissionForm(url: .header("Location"))),
            endpoint("example.c", "c/{id}", SubmissionForm(id: "task", url: "urls.get")),
            ConfigurableEndpoint<Int>(name: "example.d", path: "d/{id}")
        )
        let client = FetchClient(scripted: ScriptedTransport([.json("{}")]), registry: registry)
        let responses = [
            FetchResponse(json: #"{"id": "1", "urls": {"get": "https://api.example.com/v1/a/1"}}"#),
            FetchResponse(status: 201, headers: ["Location": "https://api.example.com/v1/b/2"]),
            FetchResponse(json: #"{"id": "1", "task": "3", "urls": {"get": "https://api.example.com/v1/c/3"}}"#),
        ]
        var jobs: [String] = []
        for response in responses {
            guard case .queued(let job) = try await client.submittedJob(in: response) else { continue }
            jobs.append("\(job.job)")
        }
        #expect(jobs == ["example.a:1", "example.b:2", "example.c:3"])
    }
}
