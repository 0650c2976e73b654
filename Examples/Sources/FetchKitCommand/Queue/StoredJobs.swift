import FetchCore
import FetchJobs

extension JobStore {
    /// Calls a function with the jobs of a kind, a page at a time.
    ///
    /// - Parameters:
    ///   - kind: The jobs: those that wait, or those that are parked.
    ///   - body: Receives a job, and returns false to end.
    /// - Throws: `JobStoreError`, and what the function throws.
    func forEach(_ kind: JobPage.Kind, _ body: (StoredJob) throws -> Bool) async throws {
        var last: StoredJobID?
        while true {
            let page = try await jobs(JobPage(kind, after: last, limit: 1_000))
            for job in page where try !body(job) { return }
            guard let end = page.last, page.count == 1_000 else { return }
            last = end.id
        }
    }
}
