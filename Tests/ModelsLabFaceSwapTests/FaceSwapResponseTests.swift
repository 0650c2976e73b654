import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabFaceSwap
import TestSupport
import Testing

@Suite("Face swap responses") struct FaceSwapResponseTests {
    @Test func `a succeeded face swap has every documented field`() async throws {
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

    @Test func `the metadata has a property for every documented field`() async throws {
        let meta = try #require(await generation("success").meta)
        #expect(meta.initImage == URL(string: "https://images.example.com/crowd.png"))
        #expect(meta.targetImage == URL(string: "https://images.example.com/portrait.jpg"))
        #expect(meta.referenceImage == URL(string: "https://images.example.com/whom.jpg"))
        #expect(meta.seed == 9_007_199_254_740_993, "A Double would round it to …992.")
        #expect(meta.temp == "no")
        #expect(meta.filePrefix == "0b5c7d1e")
        #expect(meta.modelSaveFormat == "safetensors")
        #expect(meta.watermark == "yes")
        #expect(meta.watermarkImage == "https://images.example.com/watermark.png")
    }

    @Test func `a missing watermark image is nil, and undocumented metadata is kept`() async throws {
        let swap = try await generation("success-without-watermark-image")
        let meta = try #require(swap.meta)
        #expect(meta.watermark == "no")
        #expect(meta.watermarkImage == nil)
        #expect(meta.seed == nil)
        #expect(meta.fields["strength"] == 0.7)
        #expect(swap.proxyLinks == [])
        #expect(swap.generationTime == .seconds(12))
    }

    @Test func `metadata of unexpected types is nil, and its raw value is kept`() async throws {
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

    @Test func `metadata of any type never makes the result an error`() async throws {
        let documentedFields = [
            "init_image", "target_image", "reference_image", "seed", "temp", "file_prefix", "model_save_format",
            "watermark", "watermark_image",
        ]
        let wrongValues: [JSONValue] = [nil, true, 7, -1.5, 1e300, "", "x", [], [:], [[]]]
        for field in documentedFields {
            for value in wrongValues {
                let meta: JSONValue = [field: value]
                let metaJSON = try String(decoding: JSONEncoder().encode(meta), as: UTF8.self)
                let body = #"{"status":"success","output":"https://example.com/a.mp4","meta":\#(metaJSON)}"#
                let swap = try await client(body).result(.modelsLabFaceSwap, id: 1)
                #expect(swap.outputs.count == 1)
                #expect(swap.meta?.fields[field] == value, "\(field) is \(value)")
            }
        }
    }

    @Test func `a succeeded face swap can omit the status, as in the documented example`() async throws {
        let swap = try await generation("success-without-status")
        #expect(swap.id == "123")
        #expect(swap.outputs == [URL(string: "https://pub-example.r2.dev/generations/third.mp4")])
        #expect(swap.generationTime == .seconds(123))
        #expect(swap.meta?.seed == 123)
    }

    @Test func `a pending face swap has every documented field`() async throws {
        let state = try await client(fixture("processing", in: .module)).fetch(.modelsLabFaceSwap, id: 48_231_907)
        guard case .pending(let progress) = state else {
            Issue.record("Unexpected state: \(state)")
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

    @Test func `a 400 is a permanent error with the server's message`() async throws {
        let client = try client(fixture("error", in: .module), status: 400)
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
        try await client(fixture(name, in: .module)).result(.modelsLabFaceSwap, id: 1)
    }

    private func client(_ body: String, status: Int = 200) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport([.json(body, status: status)]),
            credentials: .fixed([.modelsLab: APIKey("test-key")]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(3600)))
        )
    }
}
