import Dispatch
import FetchCore
import FetchCurl
import FetchJobs
import FetchSQLite
import Foundation
import ModelsLabVideo

struct FilmService {
    static func main() async throws {
        let store = try SQLiteJobStore(path: "jobs.sqlite")
        let registry = try EndpointRegistry(.modelsLabVideo)
        let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)
        let worker = JobWorker(client: client, store: store)
        let service = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                group.addTask {
                    for try await delivery in store.deliveries() {
                        print(delivery.outcome)  // Save it here.
                        try await delivery.acknowledge()
                    }
                }
                // The first of the two that ends, ends the other.
                try await group.next()
                group.cancelAll()
            }
        }
        signal(SIGTERM, SIG_IGN)
        let termination = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .main)
        termination.setEventHandler { service.cancel() }
        termination.resume()
        defer { termination.cancel() }
        do { try await service.value } catch is CancellationError {}
    }
}
