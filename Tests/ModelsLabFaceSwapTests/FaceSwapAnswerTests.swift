import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceSwap
import Testing

@Suite struct `What a face swap's answers mean` {
    @Test func `a finished face swap has every documented field`() async throws {
        let swap = try await generation("success")
        #expect(swap.id == "48231907")
        #expect(
            swap.outputs.map(\.absoluteString) == [
                "https://pub-example.r2.dev/generations/0b5c7d1e-swapped.mp4",
                "https://pub-example.r2.dev/generations/0b5c7d1e-swapped.png",
            ]
        )
        #expect(swap.source == .output)
        #expect(
            swap.proxyLinks.map(\.absoluteString) == ["https://cdn.example.com/generations/0b5c7d1e-swapped.mp4"]
        )
        #expect(swap.futureLinks == [])
        #expect(swap.generationTime == Duration.seconds(8.53))
        #expect(swap.message == nil)
    }

    @Test func `the metadata are a struct of every documented field`() async throws {
        let meta = try #require(await generation("success").meta)
        #expect(meta.initImage == URL(string: "https://images.example.com/crowd.png"))
        #expect(meta.targetImage == URL(string: "https://images.example.com/portrait.jpg"))
        #expect(meta.referenceImage == URL(string: "https://images.example.com/whom.jpg"))
        #expect(meta.seed == 9_007_199_254_740_993, "A Double would have made it …992.")
        #expect(meta.temp == "no")
        #expect(meta.filePrefix == "0b5c7d1e")
        #expect(meta.modelSaveFormat == "safetensors")
        #expect(meta.watermark == "yes")
        #expect(meta.watermarkImage == "https://images.example.com/watermark.png")
    }

    @Test func `a face swap without a watermark image has none, and undocumented metadata stay`() async throws {
        let swap = try await generation("success-without-watermark-image")
        let meta = try #require(swap.meta)
        #expect(meta.watermark == "no")
        #expect(meta.watermarkImage == nil)
        #expect(meta.seed == nil)
        #expect(meta.fields["strength"] == 0.7)
        #expect(swap.proxyLinks == [])
        #expect(swap.generationTime == .seconds(12))
    }

    @Test func `metadata of other types than documented cost no result and can still be read`() async throws {
        let swap = try await generation("success-with-meta-of-other-types")
        let meta = try #require(swap.meta)
        #expect(swap.outputs.count == 1)
        #expect(meta.initImage == nil)
        #expect(meta.targetImage == nil)
        #expect(meta.referenceImage == nil)
        #expect(meta.seed == 77)
        #expect(meta.temp == nil)
        #expect(meta.fields["temp"] == true)
        #expect(meta.filePrefix == nil)
        #expect(meta.fields["file_prefix"] == 5)
        #expect(meta.watermark == nil)
    }

    @Test func `no value of any type in the metadata costs the result`() async throws {
        let documented = [
            "init_image", "target_image", "reference_image", "seed", "temp", "file_prefix", "model_save_format",
            "watermark", "watermark_image",
        ]
        let wrongValues: [JSONValue] = [nil, true, 7, -1.5, 1e300, "", "x", [], [:], [[]]]
        for field in documented {
            for value in wrongValues {
                let meta: JSONValue = [field: value]
                let metaText = try String(decoding: JSONEncoder().encode(meta), as: UTF8.self)
                let answer = #"{"status":"success","output":"https://example.com/a.mp4","meta":\#(metaText)}"#
                let swap = try await client(answer).result(.modelsLabFaceSwap, id: 1)
                #expect(swap.outputs.count == 1)
                #expect(swap.meta?.fields[field] == value, "\(field) is \(value)")
            }
        }
    }

    @Test func `the status may be left out of a finished face swap, as the rendered example does`() async throws {
        let swap = try await generation("success-without-status")
        #expect(swap.id == "123")
        #expect(swap.outputs == [URL(string: "https://pub-example.r2.dev/generations/third.mp4")])
        #expect(swap.generationTime == .seconds(123))
        #expect(swap.meta?.seed == 123)
    }

    @Test func `a face swap in the making tells all that is documented`() async throws {
        let state = try await client(fixture("processing")).fetch(.modelsLabFaceSwap, id: 48_231_907)
        guard case .pending(let progress) = state else {
            Issue.record("It is \(state).")
            return
        }
        #expect(progress.eta == .seconds(20))
        #expect(progress.message == "The video will be ready in a moment.")
        #expect(progress.details["tip"] == "Jobs of other plans are done sooner.")
        #expect(progress.details["fetch_result"] == "https://modelslab.com/api/v6/faceswap/fetch/48231907")
        #expect(progress.details["id"] == 48_231_907)
        #expect(progress.details["output"] == [])
        #expect(progress.details["meta"] == ["seed": 5, "temp": "no"])
        #expect(
            progress.details["future_links"] == ["https://pub-example.r2.dev/generations/0b5c7d1e-swapped.mp4"]
        )
    }

    @Test func `400 is an error that says what the server said and isn't worth a second try`() async throws {
        let client = try client(fixture("error"), status: 400)
        let error = try #require(
            await #expect(throws: FetchError.self) { try await client.fetch(.modelsLabFaceSwap, id: 1) }
        )
        #expect(error.code == .badRequest)
        #expect(error.httpStatus == 400)
        #expect(!error.isRetryable)
        #expect(error.description.contains("The id of the face swap is not valid."))
        #expect(error.description.contains("modelslab.faceswap:1"))
    }

    private func generation(_ name: String) async throws -> Generation<FaceSwapMeta> {
        try await client(fixture(name)).result(.modelsLabFaceSwap, id: 1)
    }

    private func client(_ answer: String, status: Int = 200) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport([.json(answer, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            policy: PollingPolicy(requestTimeout: .seconds(3600))
        )
    }
}
