import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Simulated ModelsLab with reported responses") struct ReportedResponsesTests {
    private func service(_ jobs: SimulatedModelsLab.Job...) -> SimulatedServiceHarness {
        SimulatedServiceHarness(jobs, style: .reported)
    }

    @Test func `a new job is not found, with HTTP 200`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .seconds(60), notFoundFor: .seconds(6)))
        let response = try await simulated.poll("v6/video/fetch/1")
        #expect(response.status == 200)
        #expect(response.json == ["status": "failed", "id": "", "message": "Request not found", "output": ""])
        try await simulated.advance(by: .seconds(6))
        #expect(try await simulated.poll("v6/video/fetch/1").json?["status"] == "processing")
    }

    @Test func `pending responses are complete, minimal, misspelt or queued`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .seconds(60), eta: .seconds(20)))
        var responses: [JSONValue?] = []
        for _ in 0..<4 { responses.append(try await simulated.poll("v6/video/fetch/1").json) }
        #expect(responses[0]?["fetch_result"] == "https://modelslab.com/api/v6/video/fetch/1")
        #expect(responses[0]?["eta"] == "20.0")
        #expect(responses[0]?["message"] == nil)
        #expect(responses[0]?["messege"]?.string != nil)
        #expect(responses[1] == ["status": "processing", "message": "Try Again", "output": ""])
        #expect(responses[2]?["messege"] == "Request processing")
        #expect(responses[3]?["status"] == "queued")
    }

    @Test func `the ETA is a string for one job and a fraction for the next, and doesn't decrease`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .seconds(60), eta: .seconds(20)),
            .init(family: "video", id: "2", duration: .seconds(60), eta: .seconds(20))
        )
        try await simulated.advance(by: .seconds(10))
        #expect(try await simulated.poll("v6/video/fetch/1").json?["eta"] == .string("20.0"))
        #expect(try await simulated.poll("v6/video/fetch/2").json?["eta"] == .number(20.25))
    }

    @Test func `files are in output, proxy_links or links, in rotation or as configured`() async throws {
        func field(of job: JSONValue?) -> [String] {
            ["links", "output", "proxy_links"].filter { job?[$0]?.array?.isEmpty == false }
        }
        let rotating = service(
            .init(family: "video", id: "1", duration: .zero),
            .init(family: "video", id: "2", duration: .zero),
            .init(family: "video", id: "3", duration: .zero)
        )
        #expect(field(of: try await rotating.poll("v6/video/fetch/1").json) == ["output"])
        let second = try await rotating.poll("v6/video/fetch/2").json
        #expect(field(of: second) == ["proxy_links"])
        #expect(second?["output"] == "")
        #expect(field(of: try await rotating.poll("v6/video/fetch/3").json) == ["links"])

        let configured = service(.init(family: "video", id: "1", duration: .zero, outputField: .links))
        #expect(field(of: try await configured.poll("v6/video/fetch/1").json) == ["links"])
    }

    @Test func `proxy links have every JSON type`() async throws {
        let simulated = SimulatedServiceHarness(
            (0..<5).map { .init(family: "video", id: "\($0)", duration: .zero, outputField: .output) },
            style: .reported
        )
        var kinds: [String] = []
        for id in 0..<5 {
            switch try await simulated.poll("v6/video/fetch/\(id)").json?.object?["proxy_links"] {
            case .object: kinds.append("object")
            case .array: kinds.append("array")
            case .string(let text): kinds.append(text.isEmpty ? "empty" : "string")
            case .null: kinds.append("null")
            default: kinds.append("other")
            }
        }
        #expect(kinds == ["object", "array", "string", "empty", "null"])
    }

    @Test func `the response of a failed job has one of two forms`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .zero, ending: .failed("NSFW")),
            .init(family: "video", id: "2", duration: .zero, ending: .failed("NSFW"))
        )
        #expect(
            try await simulated.poll("v6/video/fetch/1").json
                == ["status": "failed", "id": "", "message": "NSFW", "output": ""]
        )
        #expect(
            try await simulated.poll("v6/video/fetch/2").json
                == ["status": "error", "code": "provider_error", "messege": "NSFW"]
        )
    }

    @Test(arguments: [
        ("v6/video/fetch/1", "sk-wrong", "Invalid API key"),
        ("v6/video/fetch/1", nil, "Invalid API Request"),
        ("v6/video/fetch/2", "sk-usual", "Request not found"),
    ])
    func `a rejected request gets HTTP 200`(path: String, key: String?, message: String) async throws {
        let response = try await service(.init(family: "video", id: "1", duration: .zero)).poll(path, key: key)
        #expect(response.status == 200)
        #expect(response.text.contains(message))
    }

    @Test func `an unknown path and a wrong method get a page`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .zero))
        let unknown = try await simulated.poll("v6/juggling/fetch/1")
        #expect(unknown.status == 404)
        #expect(unknown.text.hasPrefix("<html>"))
        #expect(try await simulated.poll("v6/video/fetch/1", method: .get).status == 405)
    }

    @Test func `the rate limit is HTTP 429 or 200, both with retry_after`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .zero, rateLimitedRequests: 2, retryAfter: .seconds(5))
        )
        let first = try await simulated.poll("v6/video/fetch/1")
        let second = try await simulated.poll("v6/video/fetch/1")
        #expect(first.status == 429)
        #expect(second.status == 200)
        #expect(first.json?["retry_after"] == 5)
        #expect(second.json?["retry_after"] == 5)
        #expect(second.json?["code"] == "rate_limited")
        #expect(try await simulated.poll("v6/video/fetch/1").json?["status"] == "success")
    }

    @Test func `server errors are a gateway's page, an empty body, or HTTP 200 with a code`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .zero, serverErrors: 3))
        let responses = [
            try await simulated.poll("v6/video/fetch/1"), try await simulated.poll("v6/video/fetch/1"),
            try await simulated.poll("v6/video/fetch/1"),
        ]
        #expect(responses.map(\.status) == [502, 503, 200])
        #expect(responses[0].text.hasPrefix("<html>"))
        #expect(responses[1].text.isEmpty)
        #expect(responses[2].json?["code"] == "upstream_unavailable")
    }

    @Test func `the same requests at the same times get the same responses`() async throws {
        func run() async throws -> [String] {
            let simulated = service(
                .init(
                    family: "video",
                    id: "1",
                    duration: .seconds(30),
                    eta: .seconds(3),
                    rateLimitedRequests: 1,
                    serverErrors: 2
                )
            )
            var responses: [String] = []
            for _ in 0..<10 {
                responses.append(try await simulated.poll("v6/video/fetch/1").text)
                try await simulated.advance(by: .seconds(5))
            }
            return responses
        }
        #expect(try await run() == run())
    }
}
