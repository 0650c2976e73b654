import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo

/// Samples from pages and doc comments that consist of a few lines of a function. They are compiled but not run.
enum ClientSamples {
    static func gettingStarted() async throws {
        let registry = try EndpointRegistry(.modelsLabVideo)
        let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)

        let video = try await client.result(.modelsLabVideo, id: 12345)
        print(video.outputs)
    }

    static func byType(_ client: FetchClient, row: Row) async throws {
        for try await update in client.updates(.modelsLabVideo, id: 12345) {
            switch update.state {
            case .pending(let progress): print(progress)
            case .succeeded(let video): print("succeeded:", video.outputs)
            case .failed(let failure): print("failed:", failure)
            }
        }

        let submitted = Submission(at: row.createdAt, eta: .seconds(40))
        let video = try await client.result(.modelsLabVideo, id: row.videoID, submitted: submitted)
        print(video)

        do {
            print(try await client.result(.modelsLabVideo, id: 12345))
        } catch let error as FetchError where error.code == .jobFailed {
            print("The job failed:", error.failure?.message ?? "no reason given")
        } catch let error as FetchError where error.isRetryable {
            print("Try again later:", error)
        }
    }

    static func account(_ client: FetchClient, _ key: APIKey) async throws -> any FetchOutput {
        let tenant = client.account("tenant-7", credentials: .fixed(["example": key]))
        let output = try await tenant.result(JobReference("example.transcript:a1b2"))
        return output
    }

    static func submission(_ client: FetchClient, status: Int, headers: HeaderFields, body: Data) async throws {
        let response = FetchResponse(status: status, headers: headers, body: body)
        let video = try await client.result(continuing: response, of: .modelsLabVideo)
        print(video)
    }

    protocol QueueTable: Sendable {
        func insert(_ job: QueuedJob) async throws
    }

    static func storing(_ client: FetchClient, _ response: FetchResponse, table: some QueueTable) async throws {
        switch try await client.submittedJob(in: response, of: .modelsLabVideo) {
        case .queued(let job): try await table.insert(job)
        case .succeeded(let video): print(video.outputs)
        case .failed(let failure): print(failure)
        }
    }

    static func byName(_ client: FetchClient, jobs: [JobReference]) async throws {
        let job = try JobReference("modelslab.enterprise.facegen:ab-1")
        let output = try await client.result(job)
        for artifact in output.outputArtifacts {
            print(artifact.url?.absoluteString ?? "inline", artifact.mediaType ?? "")
        }

        if let face = output as? ModelsLabFaceGenEndpoint.Output {
            print(face.generationTime ?? .zero)
        }

        for (job, result) in try await client.outcomes(of: jobs).results() {
            print(job, result)
        }
    }

    struct RetryLog: FetchObserver {
        func record(_ event: FetchEvent) {
            guard case .retrying(let retry) = event.kind else { return }
            print(retry.error, "Next request in", retry.nextRequest)
        }
    }

    func alert(for error: FetchError) -> (title: String, advice: String?) {
        (error.errorDescription ?? "", error.recoverySuggestion)
    }

    static func registration() async throws {
        let registry = try EndpointRegistry(.modelsLabVideo, .transcript)
        let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
        let text = try await client.result(.transcript, id: "a1b2")
        let output = try await client.result(JobReference("example.transcript:a1b2"))
        print(text, output)
    }

    static func simulation() {
        let service = SimulatedModelsLab(
            keys: ["modelslab": "sk-test"],
            jobs: [
                .init(
                    family: "video",
                    id: "1",
                    duration: .seconds(30),
                    notFoundFor: .seconds(5),
                    rateLimitedRequests: 2
                ),
                .init(family: "faceswap", id: "2", duration: .seconds(30), ending: .failed("no face was found")),
            ],
            style: .reported
        )
        print(service)
    }

    static func loopback(_ service: SimulatedModelsLab) throws {
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        let client = try FetchClient(
            transport: .curl,
            credentials: .fixed(["modelslab": APIKey("sk-test")]),
            configuration: FetchClient.Configuration(origins: ["modelslab": server.origin])
        )
        print(client)
    }

    struct Row {
        var createdAt: Date
        var videoID: Int64
    }
}
