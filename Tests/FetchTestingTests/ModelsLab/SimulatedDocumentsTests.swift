import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Simulated ModelsLab with documented responses") struct SimulatedDocumentsTests {
    private static let job = SimulatedModelsLab.Job(
        family: "faceswap",
        id: "42",
        duration: .seconds(8),
        eta: .seconds(10)
    )

    @Test func `a face swap is processing for its duration, and its ETA decreases`() async throws {
        let simulated = SimulatedServiceHarness([Self.job])
        let first = try await simulated.poll("v6/faceswap/fetch/42")
        #expect(first.status == 200)
        #expect(first.json?["status"] == "processing")
        #expect(first.json?["eta"] == 10)
        #expect(first.json?["id"] == 42)
        #expect(first.json?["output"] == [])
        #expect(first.json?["fetch_result"] == "https://modelslab.com/api/v6/faceswap/fetch/42")
        #expect(first.json?["future_links"] == ["https://files.modelslab.example/generations/42-0.mp4"])
        #expect(first.json?["meta"]?["seed"]?.integer != nil)
        #expect(first.json?["tip"]?.string != nil)

        try await simulated.advance(by: .seconds(7.5))
        #expect(try await simulated.poll("v6/faceswap/fetch/42").json?["eta"] == 3)

        try await simulated.advance(by: .seconds(0.5))
        let last = try await simulated.poll("v6/faceswap/fetch/42")
        #expect(last.json?["status"] == "success")
        #expect(last.json?["output"] == ["https://files.modelslab.example/generations/42-0.mp4"])
        #expect(last.json?["proxy_links"] == ["https://proxy.modelslab.example/generations/42-0.mp4"])
        #expect(last.json?["generationTime"]?.number == 8)
        #expect(last.json?["eta"] == nil)
    }

    @Test func `the response of a deepfake matches the documented example`() async throws {
        let output = try #require(URL(string: "https://example.com/a.mp4"))
        let simulated = SimulatedServiceHarness([
            .init(family: "deepfake", id: "263", duration: .zero, ending: .succeeded([output]))
        ])
        let response = try await simulated.poll("v6/deepfake/fetch/263")
        #expect(Set(response.json?.object?.keys.map(\.self) ?? []) == ["id", "output", "proxy_links", "status", "tip"])
        #expect(response.json?["id"] == 263)
        #expect(response.json?["output"] == ["https://example.com/a.mp4"])
        #expect(response.text.contains(#""proxy_links":null"#))
    }

    @Test func `generated faces have an enterprise path and key, a string id, and an integer id in the response`()
        async throws
    {
        let simulated = SimulatedServiceHarness([
            .init(family: "face_gen", id: "ab/1", duration: .seconds(5), eta: .seconds(4))
        ])
        let path = "v1/enterprise/face_gen/fetch/ab%2F1"
        #expect(try await simulated.poll(path).status == 401)
        let pending = try await simulated.poll(path, key: "sk-enterprise")
        #expect(Set(pending.json?.object?.keys.map(\.self) ?? []) == ["id", "output", "status"])
        try await simulated.advance(by: .seconds(5))
        let done = try await simulated.poll(path, key: "sk-enterprise")
        #expect(done.json?["status"] == "success")
        #expect(done.json?["id"]?.integer == pending.json?["id"]?.integer)
        #expect(done.json?["id"]?.integer != nil)
    }

    @Test func `the response of a failed job contains the reason`() async throws {
        let simulated = SimulatedServiceHarness([
            .init(family: "video", id: "1", duration: .zero, ending: .failed("NSFW"))
        ])
        let response = try await simulated.poll("v6/video/fetch/1")
        #expect(response.status == 200)
        #expect(response.json == ["status": "error", "message": "NSFW"])
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
    func `a rejected request gets an error status`(
        path: String,
        key: String?,
        method: String,
        status: Int
    ) async throws {
        let response = try await SimulatedServiceHarness([Self.job]).poll(path, key: key, method: RequestMethod(method))
        #expect(response.status == status)
        #expect(response.json?["status"] == "error")
        #expect(response.json?["message"]?.string?.isEmpty == false)
    }

    @Test func `400 has the documented body, which differs for an unknown face swap and a malformed id`() async throws {
        let simulated = SimulatedServiceHarness([Self.job, .init(family: "faceswap", id: "first", duration: .zero)])
        let refused = try await simulated.poll("v6/faceswap/fetch/first")
        #expect(refused.json == ["status": "error", "message": "The id must be an integer."])
        let unknown = try await simulated.poll("v6/faceswap/fetch/43")
        #expect(unknown.json == ["status": "error", "message": "Request not found"])
    }

    @Test func `rate limits precede server errors, which precede 404, which precedes the job`() async throws {
        let simulated = SimulatedServiceHarness([
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
        for _ in 0..<4 { statuses.append(try await simulated.poll("v6/video/fetch/1").status) }
        #expect(statuses == [429, 429, 500, 404])
        try await simulated.advance(by: .seconds(6))
        #expect(try await simulated.poll("v6/video/fetch/1").json?["status"] == "processing")
        #expect(simulated.service.requestCount(of: "1") == 5)
    }

    @Test func `the response of the rate limit contains retry_after in whole seconds`() async throws {
        let job = SimulatedModelsLab.Job(
            family: "video",
            id: "1",
            duration: .zero,
            rateLimitedRequests: 1,
            retryAfter: .seconds(12.5)
        )
        let response = try await SimulatedServiceHarness([job]).poll("v6/video/fetch/1")
        #expect(response.json?["retry_after"] == 13)
    }

    @Test func `a request with a rejected key doesn't count as one of the job's errors`() async throws {
        let job = SimulatedModelsLab.Job(family: "video", id: "1", duration: .zero, serverErrors: 1)
        let simulated = SimulatedServiceHarness([job])
        #expect(try await simulated.poll("v6/video/fetch/1", key: "sk-wrong").status == 401)
        #expect(try await simulated.poll("v6/video/fetch/1").status == 500)
    }

    @Test func `a job starts at its submission and creates its family`() async throws {
        let simulated = SimulatedServiceHarness([])
        #expect(try await simulated.poll("v6/interior/fetch/7").status == 404)
        try await simulated.advance(by: .seconds(100))
        simulated.service.submit(.init(family: "interior", id: "7", duration: .seconds(8)))
        #expect(try await simulated.poll("v6/interior/fetch/7").json?["status"] == "processing")
        try await simulated.advance(by: .seconds(8))
        #expect(try await simulated.poll("v6/interior/fetch/7").json?["status"] == "success")
    }

    @Test func `requests are counted by id and by family`() async throws {
        let simulated = SimulatedServiceHarness([Self.job, .init(family: "video", id: "42", duration: .zero)])
        _ = try await simulated.poll("v6/faceswap/fetch/42")
        _ = try await simulated.poll("v6/faceswap/fetch/42", key: nil)
        _ = try await simulated.poll("v6/video/fetch/42")
        _ = try await simulated.poll("elsewhere")
        #expect(simulated.service.requestCount == 4)
        #expect(simulated.service.requestCount(of: "42") == 3)
        #expect(simulated.service.requestCount(of: "42", family: "faceswap") == 2)
        #expect(simulated.service.requestCount(of: "43") == 0)
    }

    @Test func `a response is delayed by the latency`() async throws {
        let clock = VirtualClock()
        let service = SimulatedModelsLab(keys: [:], latency: .seconds(3), clock: clock)
        let request = FetchRequest(method: .post, url: try #require(URL(string: "https://modelslab.com/")))
        _ = try await clock.run { try await service.send(request) }
        #expect(clock.elapsed == .seconds(3))
    }
}
