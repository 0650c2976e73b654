import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("A simulated ModelsLab that answers as clients saw it") struct SimulatedFieldNotesTests {
    private func service(_ jobs: SimulatedModelsLab.Job...) -> SimulatedService {
        SimulatedService(jobs, dialect: .fieldNotes)
    }

    @Test func `a job is not found at first, with HTTP 200`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .seconds(60), notFoundFor: .seconds(6)))
        let answer = try await simulated.ask("v6/video/fetch/1")
        #expect(answer.status == 200)
        #expect(answer.json == ["status": "failed", "id": "", "message": "Request not found", "output": ""])
        try await simulated.wait(.seconds(6))
        #expect(try await simulated.ask("v6/video/fetch/1").json?["status"] == "processing")
    }

    @Test func `pending answers come full, bare, misspelt and queued`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .seconds(60), eta: .seconds(20)))
        var answers: [JSONValue?] = []
        for _ in 0..<4 { answers.append(try await simulated.ask("v6/video/fetch/1").json) }
        #expect(answers[0]?["fetch_result"] == "https://modelslab.com/api/v6/video/fetch/1")
        #expect(answers[0]?["eta"] == "20.0")
        #expect(answers[0]?["message"] == nil)
        #expect(answers[0]?["messege"]?.string != nil)
        #expect(answers[1] == ["status": "processing", "message": "Try Again", "output": ""])
        #expect(answers[2]?["messege"] == "Request processing")
        #expect(answers[3]?["status"] == "queued")
    }

    @Test func `the ETA is a text for one job and a fraction for the next, and doesn't count down`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .seconds(60), eta: .seconds(20)),
            .init(family: "video", id: "2", duration: .seconds(60), eta: .seconds(20))
        )
        try await simulated.wait(.seconds(10))
        #expect(try await simulated.ask("v6/video/fetch/1").json?["eta"] == .string("20.0"))
        #expect(try await simulated.ask("v6/video/fetch/2").json?["eta"] == .number(20.25))
    }

    @Test func `files are in output, proxy_links or links, by turns or as told`() async throws {
        func field(of job: JSONValue?) -> [String] {
            ["links", "output", "proxy_links"].filter { job?[$0]?.array?.isEmpty == false }
        }
        let inTurn = service(
            .init(family: "video", id: "1", duration: .zero),
            .init(family: "video", id: "2", duration: .zero),
            .init(family: "video", id: "3", duration: .zero)
        )
        #expect(field(of: try await inTurn.ask("v6/video/fetch/1").json) == ["output"])
        let second = try await inTurn.ask("v6/video/fetch/2").json
        #expect(field(of: second) == ["proxy_links"])
        #expect(second?["output"] == "")
        #expect(field(of: try await inTurn.ask("v6/video/fetch/3").json) == ["links"])

        let told = service(.init(family: "video", id: "1", duration: .zero, outputField: .links))
        #expect(field(of: try await told.ask("v6/video/fetch/1").json) == ["links"])
    }

    @Test func `proxy links are of every type`() async throws {
        let simulated = SimulatedService(
            (0..<5).map { .init(family: "video", id: "\($0)", duration: .zero, outputField: .output) },
            dialect: .fieldNotes
        )
        var kinds: [String] = []
        for id in 0..<5 {
            switch try await simulated.ask("v6/video/fetch/\(id)").json?.object?["proxy_links"] {
            case .object: kinds.append("object")
            case .array: kinds.append("array")
            case .string(let text): kinds.append(text.isEmpty ? "empty" : "text")
            case .null: kinds.append("null")
            default: kinds.append("other")
            }
        }
        #expect(kinds == ["object", "array", "text", "empty", "null"])
    }

    @Test func `a failed job says so in one of two forms`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .zero, ending: .failed("NSFW")),
            .init(family: "video", id: "2", duration: .zero, ending: .failed("NSFW"))
        )
        #expect(
            try await simulated.ask("v6/video/fetch/1").json
                == ["status": "failed", "id": "", "message": "NSFW", "output": ""]
        )
        #expect(
            try await simulated.ask("v6/video/fetch/2").json
                == ["status": "error", "code": "provider_error", "messege": "NSFW"]
        )
    }

    @Test(arguments: [
        ("v6/video/fetch/1", "sk-wrong", "Invalid API key"),
        ("v6/video/fetch/1", nil, "Invalid API Request"),
        ("v6/video/fetch/2", "sk-usual", "Request not found"),
    ])
    func `what is refused is refused with HTTP 200`(path: String, key: String?, words: String) async throws {
        let answer = try await service(.init(family: "video", id: "1", duration: .zero)).ask(path, key: key)
        #expect(answer.status == 200)
        #expect(answer.text.contains(words))
    }

    @Test func `an unknown path is a page, and so is a wrong method`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .zero))
        let unknown = try await simulated.ask("v6/juggling/fetch/1")
        #expect(unknown.status == 404)
        #expect(unknown.text.hasPrefix("<html>"))
        #expect(try await simulated.ask("v6/video/fetch/1", method: .get).status == 405)
    }

    @Test func `too many requests are HTTP 429 or 200, and both say how long to wait`() async throws {
        let simulated = service(
            .init(family: "video", id: "1", duration: .zero, rateLimitedRequests: 2, retryAfter: .seconds(5))
        )
        let first = try await simulated.ask("v6/video/fetch/1")
        let second = try await simulated.ask("v6/video/fetch/1")
        #expect(first.status == 429)
        #expect(second.status == 200)
        #expect(first.json?["retry_after"] == 5)
        #expect(second.json?["retry_after"] == 5)
        #expect(second.json?["code"] == "rate_limited")
        #expect(try await simulated.ask("v6/video/fetch/1").json?["status"] == "success")
    }

    @Test func `server errors are a gateway's page, nothing, and HTTP 200 with a code`() async throws {
        let simulated = service(.init(family: "video", id: "1", duration: .zero, serverErrors: 3))
        let answers = [
            try await simulated.ask("v6/video/fetch/1"), try await simulated.ask("v6/video/fetch/1"),
            try await simulated.ask("v6/video/fetch/1"),
        ]
        #expect(answers.map(\.status) == [502, 503, 200])
        #expect(answers[0].text.hasPrefix("<html>"))
        #expect(answers[1].text.isEmpty)
        #expect(answers[2].json?["code"] == "upstream_unavailable")
    }

    @Test func `the same requests at the same times get the same answers`() async throws {
        func course() async throws -> [String] {
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
            var answers: [String] = []
            for _ in 0..<10 {
                answers.append(try await simulated.ask("v6/video/fetch/1").text)
                try await simulated.wait(.seconds(5))
            }
            return answers
        }
        #expect(try await course() == course())
    }
}
