import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("A simulated ModelsLab that answers as its documents say") struct SimulatedDocumentsTests {
    private static let job = SimulatedModelsLab.Job(
        family: "faceswap",
        id: "42",
        duration: .seconds(8),
        eta: .seconds(10)
    )

    @Test func `a face swap is processing until its time is over, and its ETA counts down`() async throws {
        let simulated = SimulatedService([Self.job])
        let first = try await simulated.ask("v6/faceswap/fetch/42")
        #expect(first.status == 200)
        #expect(first.json?["status"] == "processing")
        #expect(first.json?["eta"] == 10)
        #expect(first.json?["id"] == 42)
        #expect(first.json?["output"] == [])
        #expect(first.json?["fetch_result"] == "https://modelslab.com/api/v6/faceswap/fetch/42")
        #expect(first.json?["future_links"] == ["https://files.modelslab.example/generations/42-0.mp4"])
        #expect(first.json?["meta"]?["seed"]?.integer != nil)
        #expect(first.json?["tip"]?.string != nil)

        try await simulated.wait(.seconds(7.5))
        #expect(try await simulated.ask("v6/faceswap/fetch/42").json?["eta"] == 3)

        try await simulated.wait(.seconds(0.5))
        let last = try await simulated.ask("v6/faceswap/fetch/42")
        #expect(last.json?["status"] == "success")
        #expect(last.json?["output"] == ["https://files.modelslab.example/generations/42-0.mp4"])
        #expect(last.json?["proxy_links"] == ["https://proxy.modelslab.example/generations/42-0.mp4"])
        #expect(last.json?["generationTime"]?.number == 8)
        #expect(last.json?["eta"] == nil)
    }

    @Test func `a deepfake's answer is that of the example`() async throws {
        let output = try #require(URL(string: "https://example.com/a.mp4"))
        let simulated = SimulatedService([
            .init(family: "deepfake", id: "263", duration: .zero, ending: .succeeded([output]))
        ])
        let answer = try await simulated.ask("v6/deepfake/fetch/263")
        #expect(Set(answer.json?.object?.keys.map(\.self) ?? []) == ["id", "output", "proxy_links", "status", "tip"])
        #expect(answer.json?["id"] == 263)
        #expect(answer.json?["output"] == ["https://example.com/a.mp4"])
        #expect(answer.text.contains(#""proxy_links":null"#))
    }

    @Test func `generated faces have an enterprise path and key, a text as id, and an integer in the answer`()
        async throws
    {
        let simulated = SimulatedService([
            .init(family: "face_gen", id: "ab/1", duration: .seconds(5), eta: .seconds(4))
        ])
        let path = "v1/enterprise/face_gen/fetch/ab%2F1"
        #expect(try await simulated.ask(path).status == 401)
        let pending = try await simulated.ask(path, key: "sk-enterprise")
        #expect(Set(pending.json?.object?.keys.map(\.self) ?? []) == ["id", "output", "status"])
        try await simulated.wait(.seconds(5))
        let done = try await simulated.ask(path, key: "sk-enterprise")
        #expect(done.json?["status"] == "success")
        #expect(done.json?["id"]?.integer == pending.json?["id"]?.integer)
        #expect(done.json?["id"]?.integer != nil)
    }

    @Test func `a failed job says why`() async throws {
        let simulated = SimulatedService([.init(family: "video", id: "1", duration: .zero, ending: .failed("NSFW"))])
        let answer = try await simulated.ask("v6/video/fetch/1")
        #expect(answer.status == 200)
        #expect(answer.json == ["status": "error", "message": "NSFW"])
    }

    @Test(arguments: [
        ("v6/faceswap/fetch/42", "sk-wrong", "POST", 401),
        ("v6/faceswap/fetch/42", nil, "POST", 401),
        ("v6/faceswap/fetch/42", "", "POST", 401),
        ("v6/faceswap/fetch/42", "sk-enterprise", "POST", 401),
        ("v6/faceswap/fetch/43", "sk-usual", "POST", 400),
        ("v6/faceswap/fetch/first", "sk-usual", "POST", 400),
        ("v6/faceswap/fetch/first", "sk-wrong", "POST", 401),
        ("v6/video/fetch/4.2", "sk-usual", "POST", 400),
        ("v6/deepfake/fetch/first", "sk-usual", "POST", 404),
        ("v1/enterprise/face_gen/fetch/first", "sk-enterprise", "POST", 404),
        ("v6/video/fetch/42", "sk-usual", "POST", 404),
        ("v6/juggling/fetch/42", "sk-usual", "POST", 404),
        ("v6/faceswap/fetch/42/more", "sk-usual", "POST", 404),
        ("v6/faceswap/fetch/", "sk-usual", "POST", 404),
        ("v6/face_gen/fetch/42", "sk-usual", "POST", 404),
        ("v7/faceswap/fetch/42", "sk-usual", "POST", 404),
        ("v6/faceswap/fetch/42", "sk-usual", "GET", 405),
    ])
    func `what is refused is refused by HTTP status`(
        path: String,
        key: String?,
        method: String,
        status: Int
    ) async throws {
        let answer = try await SimulatedService([Self.job]).ask(path, key: key, method: RequestMethod(method))
        #expect(answer.status == status)
        #expect(answer.json?["status"] == "error")
        #expect(answer.json?["message"]?.string?.isEmpty == false)
    }

    @Test func `400 has the documented body, and an unknown face swap is told from a refused id`() async throws {
        let simulated = SimulatedService([Self.job, .init(family: "faceswap", id: "first", duration: .zero)])
        let refused = try await simulated.ask("v6/faceswap/fetch/first")
        #expect(refused.json == ["status": "error", "message": "The id must be an integer."])
        let unknown = try await simulated.ask("v6/faceswap/fetch/43")
        #expect(unknown.json == ["status": "error", "message": "Request not found"])
    }

    @Test func `first too many requests, then server errors, then not found, then the job`() async throws {
        let simulated = SimulatedService([
            .init(
                family: "video",
                id: "1",
                duration: .seconds(60),
                notFoundFor: .seconds(6),
                rateLimitedRequests: 2,
                retryAfter: .seconds(12.5),
                serverErrors: 1
            )
        ])
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try await simulated.ask("v6/video/fetch/1").status) }
        #expect(statuses == [429, 429, 500, 404])
        try await simulated.wait(.seconds(6))
        #expect(try await simulated.ask("v6/video/fetch/1").json?["status"] == "processing")
        #expect(simulated.service.requestCount(of: "1") == 5)
    }

    @Test func `too many requests are told how long to wait`() async throws {
        let job = SimulatedModelsLab.Job(
            family: "video",
            id: "1",
            duration: .zero,
            rateLimitedRequests: 1,
            retryAfter: .seconds(12.5)
        )
        let answer = try await SimulatedService([job]).ask("v6/video/fetch/1")
        #expect(answer.json?["retry_after"] == 13)
    }

    @Test func `a refused key uses up nothing of a job`() async throws {
        let job = SimulatedModelsLab.Job(family: "video", id: "1", duration: .zero, serverErrors: 1)
        let simulated = SimulatedService([job])
        #expect(try await simulated.ask("v6/video/fetch/1", key: "sk-wrong").status == 401)
        #expect(try await simulated.ask("v6/video/fetch/1").status == 500)
    }

    @Test func `a submitted job starts when it is submitted, and makes its family known`() async throws {
        let simulated = SimulatedService([])
        #expect(try await simulated.ask("v6/interior/fetch/7").status == 404)
        try await simulated.wait(.seconds(100))
        simulated.service.submit(.init(family: "interior", id: "7", duration: .seconds(8)))
        #expect(try await simulated.ask("v6/interior/fetch/7").json?["status"] == "processing")
        try await simulated.wait(.seconds(8))
        #expect(try await simulated.ask("v6/interior/fetch/7").json?["status"] == "success")
    }

    @Test func `requests are counted, by id and by family`() async throws {
        let simulated = SimulatedService([Self.job, .init(family: "video", id: "42", duration: .zero)])
        _ = try await simulated.ask("v6/faceswap/fetch/42")
        _ = try await simulated.ask("v6/faceswap/fetch/42", key: nil)
        _ = try await simulated.ask("v6/video/fetch/42")
        _ = try await simulated.ask("elsewhere")
        #expect(simulated.service.requestCount == 4)
        #expect(simulated.service.requestCount(of: "42") == 3)
        #expect(simulated.service.requestCount(of: "42", family: "faceswap") == 2)
        #expect(simulated.service.requestCount(of: "43") == 0)
    }

    @Test func `an answer takes as long as the latency`() async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(keys: [:], latency: .seconds(3), clock: clock)
        let request = FetchRequest(method: .post, url: try #require(URL(string: "https://modelslab.com/")))
        _ = try await clock.run { try await service.send(request) }
        #expect(clock.elapsed == .seconds(3))
    }
}
