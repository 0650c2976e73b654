import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The outputs of a job after it was polled again, once for all of its dead links.
final class JobLinks: Sendable {
    private let poll: @Sendable () async throws -> [Artifact]
    private let task = Mutex<Task<[Artifact], any Error>?>(nil)

    init(_ poll: @escaping @Sendable () async throws -> [Artifact]) { self.poll = poll }

    /// Returns the links of one output as they are now.
    ///
    /// - Parameter index: The position of the output.
    /// - Returns: The link and its mirrors. Empty if the job no longer has that output.
    /// - Throws: The error of the poll; `CancellationError`.
    func links(of index: Int) async throws -> [URL] {
        let task = task.withLock { task in
            let running = task ?? Task { [poll] in try await poll() }
            task = running
            return running
        }
        let artifacts = try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
        guard artifacts.indices.contains(index), let link = artifacts[index].url else { return [] }
        return [link] + artifacts[index].mirrors
    }
}
