import FetchCore
import FetchTesting
import Foundation
import ProviderGallery
import Testing

@Suite("Meshy endpoint") struct MeshyTests {
    @Test func `progress is a percentage, and the number of preceding tasks is a detail`() async throws {
        let running = try await state(.meshyTask, "pending-running").progress
        #expect(running.fraction == 0.55)
        let queued = try await state(.meshyTask, "pending-queued").progress
        #expect(queued.details == ["preceding_tasks": 12])
    }

    @Test func `the Retry-After header of a pending response sets the interval`() async throws {
        #expect(try await state(.meshyTask, "pending-running").progress.retryAfter == .seconds(5))
        let clock = VirtualClock()
        let fixtures = try #require(try allProviderFixtures().first { $0.name == "meshy.task" })
        let end = try fixtures.exchange("succeeded-models")
        let service = SimulatedProvider(fixtures, pending: fixtures.exchanges(outcome: "pending"), end: end)
        let client = FetchClient(
            transport: service,
            credentials: .fixed(["meshy": APIKey(ProviderFixtures.key)]),
            configuration: FetchClient.Configuration(policy: PollingPolicy(schedule: .fixed(.seconds(40)))),
            environment: FetchClient.Environment(clock: clock)
        )
        _ = try await clock.run { try await client.result(.meshyTask, id: fixtures.ids[0]) }
        #expect(clock.elapsed == .seconds(10))
    }

    @Test func `GLB is the first format, and unavailable formats are omitted`() async throws {
        let files = try await state(.meshyTask, "succeeded-models").output
        #expect(files.models.keys.sorted() == ["fbx", "glb", "obj", "pre_remeshed_glb"])
        let names = ["model.glb", "model.fbx", "model.obj", "raw.glb"]
        #expect(files.outputArtifacts.map(\.url?.lastPathComponent) == names)
        let types = ["model/gltf-binary", nil, "model/obj", "model/gltf-binary"]
        #expect(files.outputArtifacts.map(\.mediaType) == types)
        let images = try await state(.meshyTask, "succeeded-images").output
        #expect(images.outputArtifacts.map(\.mediaType) == ["image/png"])
    }

    @Test func `failed, cancelled and expired tasks have different reasons`() async throws {
        let failure = try await state(.meshyTask, "failed").failure
        #expect(failure == JobFailure(message: "The image can't be made into a model."))
        #expect(try await state(.meshyTask, "failed-cancelled").failure == JobFailure(.cancelled))
        #expect(try await state(.meshyTask, "failed-expired").failure == JobFailure(.expired))
    }
}
