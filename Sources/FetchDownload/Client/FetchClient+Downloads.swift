public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchClient {
    /// Waits until a job is done, and saves its outputs as files.
    ///
    /// ```swift
    /// let saved = try await client.download(outputsOf: job, into: directory)
    /// for file in saved.files { print(file.url, file.proof) }
    /// ```
    ///
    /// The outputs are downloaded at the same time, within the limits of the downloads. If one can't be saved, the
    /// others still are. If a link is dead, the job is polled again, once, and its new link is requested.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - directory: The folder, which must exist.
    ///   - name: The rule for the names of the files. Defaults to ``FileName/generated``: endpoint, id, index and
    ///     extension.
    ///   - submitted: The date of the submission, and the ETA given then. Defaults to unknown.
    ///   - downloads: The downloads whose settings and limits apply. Defaults to `nil`, which means downloads of their
    ///     own with the client's transport, which must conform to `StreamingTransport`.
    /// - Returns: The files, and the outputs that couldn't be saved. At least one file, unless the job has no outputs.
    /// - Throws: `FetchError`: those of `result(_:submitted:policy:)`, and the error of the
    ///   first output if none can be saved; `CancellationError` at once after cancellation.
    public func download(
        outputsOf job: JobReference,
        into directory: URL,
        as name: FileName = .generated,
        submitted: Submission? = nil,
        with downloads: Downloads? = nil
    ) async throws -> SavedOutputs {
        let downloads = try downloads ?? ownDownloads()
        let (output, jobEnd) = try await end(of: job, submitted)
        let artifacts = output.outputArtifacts
        let links = JobLinks { try await result(job).outputArtifacts }
        let results = try await withThrowingTaskGroup(of: (Int, Result<SavedFile, FetchError>).self) { group in
            for (index, artifact) in artifacts.enumerated() {
                var saved = SavedArtifact(artifact, GeneratedFileName(job: job, index: index))
                saved.jobEnd = jobEnd
                saved.authorize = { try await authorized($0, for: job) }
                saved.pollAgain = { try await links.links(of: index) }
                group.addTask { [saved] in
                    do {
                        return (index, .success(try await downloads.save(saved, as: name, in: directory) { _, _ in }))
                    } catch let error as FetchError {
                        return (index, .failure(self.error(error, about: job)))
                    }
                }
            }
            return try await group.reduce(into: [Int: Result<SavedFile, FetchError>]()) { $0[$1.0] = $1.1 }
        }
        var (files, failures): ([SavedFile], [SavedOutputs.Failure]) = ([], [])
        for (index, artifact) in artifacts.enumerated() {
            switch results[index] {
            case .success(let file)?: files.append(file)
            case .failure(let error)?:
                failures.append(SavedOutputs.Failure(index: index, artifact: artifact, error: error))
            case nil: break
            }
        }
        if files.isEmpty, let failure = failures.first { throw failure.error }
        return SavedOutputs(output: output, files: files, failures: failures)
    }

    private func ownDownloads() throws(FetchError) -> Downloads {
        guard let streamingTransport else {
            throw FetchError(
                .transportUnavailable,
                "the client's transport can't stream",
                remedy: "Pass downloads with a transport that conforms to StreamingTransport."
            )
        }
        return Downloads(transport: streamingTransport, environment: environment)
    }

    /// Waits for the end of a job.
    ///
    /// - Returns: The output, and the date of the end if it is recent: a job that is found done by the first request
    ///   may have ended long ago.
    private func end(of job: JobReference, _ submitted: Submission?) async throws -> (any FetchOutput, Date?) {
        for try await update in updates(job, submitted: submitted) {
            let now = environment.wallClock()
            switch update.state {
            case .pending: continue
            case .failed(let failure):
                throw FetchError.jobFailed(failure).about(endpoint: job.endpoint, id: job.id, account: accountID)
            case .succeeded(let output):
                let isNew = submitted.map { now.timeIntervalSince($0.date) < 300 } ?? false
                return (output, update.requests > 1 || isNew ? now : nil)
            }
        }
        throw CancellationError()
    }
}
