import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The download of all outputs of a job.
struct JobDownload: Sendable {
    let job: ClientJob
    let downloads: Downloads
    let directory: URL
    let name: FileName
    /// The policy of the wait for the job, and of the wait for new links. `nil` for the client's.
    let policy: PollingPolicy?
    let report: @Sendable (DownloadProgress) -> Void

    /// Waits until the job is done, and saves its outputs.
    func run(_ submitted: Submission?) async throws -> SavedOutputs {
        for try await update in job.updates(submitted, policy) {
            let now = job.environment.wallClock()
            switch update.state {
            case .pending: continue
            case .failed(let failure): throw job.error(FetchError.jobFailed(failure))
            case .succeeded(let output):
                // A job that is found done by the first request may have ended long ago.
                let isNew = submitted.map { now.timeIntervalSince($0.date) < 300 } ?? false
                return try await save(output, endedAt: update.requests > 1 || isNew ? now : nil)
            }
        }
        throw CancellationError()
    }

    /// Saves the outputs of the job, which ended at a date, or long ago if that is `nil`.
    func save(_ output: any FetchOutput, endedAt jobEnd: Date?) async throws -> SavedOutputs {
        let outputs = savedArtifacts(output, endedAt: jobEnd)
        let progress = OutputsProgress(of: outputs.count, downloads.environment.clock, report)
        let results = try await withThrowingTaskGroup(of: (Int, Result<SavedFile, FetchError>).self) { group in
            for (index, output) in outputs.enumerated() {
                group.addTask { (index, try await save(output, index, progress)) }
            }
            return try await group.reduce(into: [Int: Result<SavedFile, FetchError>]()) { $0[$1.0] = $1.1 }
        }
        var (files, failures): ([SavedFile], [SavedOutputs.Failure]) = ([], [])
        for (index, output) in outputs.enumerated() {
            switch results[index] {
            case .success(let file)?: files.append(file)
            case .failure(let error)?:
                failures.append(SavedOutputs.Failure(index: index, artifact: output.artifact, error: error))
            case nil: break
            }
        }
        if files.isEmpty, let failure = failures.first { throw failure.error }
        return SavedOutputs(output: output, files: files, failures: failures)
    }

    private func save(
        _ output: SavedArtifact,
        _ index: Int,
        _ progress: OutputsProgress
    ) async throws -> Result<SavedFile, FetchError> {
        do {
            let file = try await downloads.save(output, as: name, in: directory) { bytes, total in
                progress.note(DownloadProgress(bytes: bytes, totalBytes: total), of: index)
            }
            progress.end(index, with: file)
            return .success(file)
        } catch let error as FetchError {
            progress.end(index, with: nil)
            return .failure(job.error(error))
        }
    }

    /// Returns the outputs with all that is known of the job. They have taken the names that are known before the
    /// responses, in their order.
    private func savedArtifacts(_ output: any FetchOutput, endedAt jobEnd: Date?) -> [SavedArtifact] {
        let names = OutputNames()
        let links = JobLinks(downloads.environment.clock) { [job, policy] in
            try await job.result(policy).outputArtifacts
        }
        return output.outputArtifacts.enumerated().map { index, artifact in
            var output = SavedArtifact(artifact, GeneratedFileName(job: job.reference, index: index))
            output.jobEnd = jobEnd
            output.place = OutputPlace(index, of: names)
            output.authorize = { [job] in try await job.authorized($0) }
            output.pollAgain = { try await links.links(of: index) }
            output.containsKey = { [job] in job.containsKey($0) }
            // An invalid name is an error of each output when it is saved.
            _ = try? output.naming(name).name(format: nil, link: artifact.url)
            return output
        }
    }
}
