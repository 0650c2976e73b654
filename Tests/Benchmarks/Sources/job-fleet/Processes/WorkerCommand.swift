import ArgumentParser
import FetchCore
import FetchCurl
import FetchJobs
import Foundation
import JobStores
import ModelsLabVideo

/// The subcommand that runs a worker until it is asked to end.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "worker", shouldDisplay: false)

    @OptionGroup var options: StoreOptions
    @Option var number: Int
    @Option var provider: String
    @Option var limit: Int
    @Option var timeToLive: Double

    func run() async throws {
        let location = options.location(named: "job-fleet")
        let opened = try location.open(recording: RecordTable(location).recorder(of: number))
        let store = ObservedJobStore(opened) { call in
            switch call {
            case .registered(let worker): ParentProcess.write("registered \(worker)")
            case .leased(let jobs, _) where !jobs.isEmpty:
                ParentProcess.write("leased \(jobs.map(\.stored.job.job.id).joined(separator: " "))")
            default: break
            }
        }
        let worker = JobWorker(
            client: try client(),
            store: store,
            configuration: JobWorker.Configuration(
                name: "process \(number)",
                timeToLive: .seconds(timeToLive)
            )
        )
        let task = Task { try await worker.run() }
        ParentProcess.watch { task.cancel() }
        do { try await task.value } catch is CancellationError {}
    }

    private func client() throws -> FetchClient {
        guard let url = URL(string: provider) else { throw ValidationError("The provider has no URL.") }
        return FetchClient(
            registry: try EndpointRegistry(.modelsLabVideo),
            transport: NumberedTransport(transport: try CurlTransport(), number: number),
            credentials: .accounts { account, _ in APIKey(FleetJob.key(of: account)) },
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    minimumGap: .milliseconds(500),
                    maximumGap: .seconds(2),
                    notFoundGrace: .seconds(1)
                ),
                limits: FetchLimits(requestsInFlight: limit),
                origins: ["modelslab": try Origin(of: url)]
            )
        )
    }
}

/// A transport that says the number of its process in each request.
private struct NumberedTransport: FetchTransport {
    let transport: CurlTransport
    let number: Int

    var enforcesTimeout: Bool { transport.enforcesTimeout }
    var enforcesAddressPolicy: Bool { transport.enforcesAddressPolicy }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        var request = request
        request.headers[Provider.processField] = "\(number)"
        return try await transport.send(request)
    }
}
