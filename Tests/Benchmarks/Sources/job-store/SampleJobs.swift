import FetchCore
import FetchJobs
import Foundation

/// Jobs and ends of the usual size.
enum SampleJobs {
    static let endpoint: EndpointName = "modelslab.video"
    static let provider: ProviderID = "modelslab"
    private static let tenants = 10
    /// The id of the first job.
    static let firstID = 100_000_000

    /// Returns a job of one of ten tenants, with a note.
    ///
    /// - Parameters:
    ///   - number: The number of the job.
    ///   - series: Distinguishes jobs with the same number. Defaults to zero.
    /// - Returns: The job.
    /// - Throws: No error for numbers below a hundred million.
    static func job(_ number: Int, series: Int = 0) throws -> DurableJob {
        DurableJob(
            try JobReference(endpoint: endpoint, id: "\(firstID * (series + 1) + number)"),
            submitted: Submission(eta: .seconds(60)),
            tenant: "tenant-\(number % tenants)",
            note: ["row": .integer(Int64(number))]
        )
    }

    /// Returns the end of a job that has succeeded with one link.
    static func end(_ id: StoredJobID) -> EndedJob {
        let link = URL(string: "https://files.example.com/generations/0-6351a2b3-82ce-4d27-8c3d-\(id).mp4")
        return EndedJob(
            id,
            JobEnd(
                .succeeded,
                artifacts: link.map { [Artifact(.url($0))] } ?? [],
                duration: .seconds(61.5),
                requests: 7
            )
        )
    }

    /// Returns the request for jobs of the endpoint.
    static func lease(_ limit: Int) -> LeaseRequest { LeaseRequest(provider, endpoints: [endpoint], limit: limit) }
}
