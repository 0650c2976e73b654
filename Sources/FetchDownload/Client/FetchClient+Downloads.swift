public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension FetchClient {
    /// Waits until a job is done, and saves its outputs as files, by name.
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
    ///     extension. No two outputs have the same name, whatever the rule: see ``FileName/named(_:)``.
    ///   - submitted: The date of the submission, and the ETA given then. Defaults to unknown.
    ///   - policy: The policy of the wait for the job, and of the wait for a new link. Its deadline doesn't limit the
    ///     downloads. Defaults to the client's.
    ///   - downloads: The downloads whose settings and limits apply. Defaults to `nil`, which means default settings
    ///     and the client's transport, which must conform to `StreamingTransport`. All copies and accounts of a client
    ///     share the limits of these downloads.
    ///   - report: Receives the progress of all outputs together, at most ten times a second, in one call at a time
    ///     on any thread. The last call has the final state. Defaults to a function that does nothing.
    /// - Returns: The files, and the outputs that couldn't be saved. At least one file, unless the job has no outputs.
    /// - Throws: `FetchError`: those of `result(_:submitted:policy:)`, and the error of the
    ///   first output if none can be saved; `CancellationError` at once after cancellation.
    public func download(
        outputsOf job: JobReference,
        into directory: URL,
        as name: FileName = .generated,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil,
        with downloads: Downloads? = nil,
        reporting report: @escaping @Sendable (DownloadProgress) -> Void = { _ in }
    ) async throws -> SavedOutputs {
        let download = JobDownload(
            job: try clientJob(job),
            downloads: try downloads ?? ownDownloads(),
            directory: directory,
            name: name,
            policy: policy,
            report: report
        )
        return try await download.run(submitted)
    }

    /// Waits until a job is done, and saves its outputs as files, by type.
    ///
    /// ```swift
    /// let saved = try await client.download(outputsOf: .modelsLabVideo, id: 12345, into: directory)
    /// ```
    ///
    /// It does the same as ``download(outputsOf:into:as:submitted:policy:with:reporting:)``. The endpoint needn't be
    /// registered.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint.
    ///   - id: The job's id.
    ///   - directory: The folder, which must exist.
    ///   - name: The rule for the names of the files. Defaults to ``FileName/generated``.
    ///   - submitted: The date of the submission, and the ETA given then. Defaults to unknown.
    ///   - policy: The policy of the wait for the job, and of the wait for a new link. Defaults to the client's.
    ///   - downloads: The downloads whose settings and limits apply. Defaults to `nil`, which means default settings
    ///     and the client's transport, which must conform to `StreamingTransport`.
    ///   - report: Receives the progress of all outputs together, at most ten times a second, in one call at a time
    ///     on any thread. Defaults to a function that does nothing.
    /// - Returns: The files, and the outputs that couldn't be saved. At least one file, unless the job has no outputs.
    /// - Throws: `FetchError`: those of `result(_:id:submitted:policy:)`, and the error of the
    ///   first output if none can be saved; `CancellationError` at once after cancellation.
    public func download<Endpoint: FetchEndpoint>(
        outputsOf endpoint: Endpoint,
        id: Endpoint.ID,
        into directory: URL,
        as name: FileName = .generated,
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil,
        with downloads: Downloads? = nil,
        reporting report: @escaping @Sendable (DownloadProgress) -> Void = { _ in }
    ) async throws -> SavedOutputs {
        let download = JobDownload(
            job: clientJob(endpoint, id: id),
            downloads: try downloads ?? ownDownloads(),
            directory: directory,
            name: name,
            policy: policy,
            report: report
        )
        return try await download.run(submitted)
    }

    /// Saves the outputs of a job that is done, such as one of a batch, as files. The job isn't polled for them.
    ///
    /// ```swift
    /// for try await outcome in client.outcomes(of: jobs) {
    ///     do {
    ///         let saved = try await client.download(outcome, into: directory)
    ///         print(saved.files, saved.failures)
    ///     } catch let error as FetchError {
    ///         print(error)
    ///     }
    /// }
    /// ```
    ///
    /// Only if a link is dead, the job is polled again, with the key of the outcome's account. Files that aren't there
    /// are waited for until five minutes after the outcome's date, also if the first request found the job done. To
    /// wait for none of a job that ended long ago, set `outcome.date` to an earlier date.
    ///
    /// - Parameters:
    ///   - outcome: The outcome of the job. It may have been stored.
    ///   - directory: The folder, which must exist.
    ///   - name: The rule for the names of the files. Defaults to ``FileName/generated``.
    ///   - downloads: The downloads whose settings and limits apply. Defaults to `nil`, which means default settings
    ///     and the client's transport, which must conform to `StreamingTransport`.
    ///   - report: Receives the progress of all outputs together, at most ten times a second, in one call at a time
    ///     on any thread. Defaults to a function that does nothing.
    /// - Returns: The files, and the outputs that couldn't be saved. At least one file, unless the job has no outputs.
    /// - Throws: `FetchError`: that of the outcome if the job hasn't succeeded, and the error of the first output if
    ///   none can be saved; `CancellationError` at once after cancellation.
    public func download(
        _ outcome: JobOutcome,
        into directory: URL,
        as name: FileName = .generated,
        with downloads: Downloads? = nil,
        reporting report: @escaping @Sendable (DownloadProgress) -> Void = { _ in }
    ) async throws -> SavedOutputs {
        let output = try outcome.result.get()
        let client = outcome.account.map { account($0) } ?? self
        let download = JobDownload(
            job: try client.clientJob(outcome.job),
            downloads: try downloads ?? ownDownloads(),
            directory: directory,
            name: name,
            policy: nil,
            report: report
        )
        return try await download.save(output, endedAt: outcome.date)
    }

    private func ownDownloads() throws(FetchError) -> Downloads {
        guard let streamingTransport else {
            throw FetchError(
                .transportUnavailable,
                "the client's transport can't stream",
                remedy: "Pass downloads with a transport that conforms to StreamingTransport."
            )
        }
        return sharedDownloads.value { Downloads(transport: streamingTransport, environment: environment) }
    }
}
