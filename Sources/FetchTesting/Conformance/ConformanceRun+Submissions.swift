#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

extension ConformanceRun {
    func submissionViolations() async throws -> [ConformanceViolation] {
        var violations: [ConformanceViolation] = []
        let client = submissionClient
        for fixture in submissions {
            let probe = "the submission \(fixture.excerpt)"
            let found = try await submittedJob(in: fixture.response, client, probing: probe)
            if !fixture.meaning.matches(found) {
                violations.append(
                    ConformanceViolation(
                        .submissions,
                        "\(fixture.excerpt) was declared as \(fixture.meaning.summary) but read as \(found.summary())."
                    )
                )
            }
            violations += try await errorViolations(fixture, client)
        }
        return violations
    }

    /// Reads the same response with the HTTP status of an error: it must not yield a job.
    private func errorViolations(
        _ fixture: SubmissionFixture,
        _ client: FetchClient
    ) async throws -> [ConformanceViolation] {
        guard case .queued = fixture.meaning else { return [] }
        var violations: [ConformanceViolation] = []
        for status in [401, 429, 500] {
            var response = fixture.response
            response.status = status
            let found = try await submittedJob(in: response, client, probing: "the submission with HTTP \(status)")
            guard case .success(.queued) = found else { continue }
            violations.append(
                ConformanceViolation(.submissions, "\(fixture.excerpt) with HTTP \(status) is read as a job.")
            )
        }
        return violations
    }

    /// Reads malformed variants of the submissions. Any job and any error is accepted; a trap terminates the process.
    func probeMalformedSubmissions() async throws {
        let client = submissionClient
        for fixture in submissions {
            let body = fixture.response.body
            for length in stride(from: 0, to: body.count, by: max(body.count / 40, 1)) {
                var truncated = fixture.response
                truncated.body = body.prefix(length)
                let probe = "a submission, truncated after \(length) bytes"
                _ = try await submittedJob(in: truncated, client, probing: probe)
            }
            guard let json = try? JSONValue(parsing: body) else { continue }
            for path in json.paths {
                for value in unexpectedValues {
                    var changed = fixture.response
                    changed.body = (try? JSONEncoder().encode(json.replacing(path, with: value))) ?? Data()
                    let probe = "a submission with \(value.map { "\($0)" } ?? "nothing") as \(path)"
                    _ = try await submittedJob(in: changed, client, probing: probe)
                }
            }
        }
    }

    /// A client for reading, which sends nothing.
    private var submissionClient: FetchClient { client(ScriptedTransport([.json("{}")], clock: clock)) }

    private func submittedJob(
        in response: FetchResponse,
        _ client: FetchClient,
        probing probe: String
    ) async throws -> Result<SubmittedJob<Endpoint.Output>, FetchError> {
        onProbe?("\(endpoint.name): \(probe)")
        do {
            let job = try await client.submittedJob(in: response, of: endpoint)
            if case .succeeded(let output) = job { _ = output.outputArtifacts }
            return .success(job)
        } catch let error as FetchError {
            return .failure(error)
        }
    }
}

extension SubmissionFixture {
    /// The status and the beginning of the body, for messages.
    fileprivate var excerpt: String { "\(response.status) \(Excerpt(bytes: response.body))" }
}

extension SubmissionFixture.Meaning {
    fileprivate func matches<Output>(_ found: Result<SubmittedJob<Output>, FetchError>) -> Bool {
        switch found {
        case .success(.queued(let job)): self == .queued(id: job.job.id, eta: job.submitted?.eta)
        case .success(.succeeded): self == .succeeded
        case .success(.failed): self == .failed
        case .failure(let error): self == .error(error.code)
        }
    }

    fileprivate var summary: String {
        switch self {
        case .queued(let id, let eta): "the job “\(id)” with \(eta.map { "the ETA \($0)" } ?? "no ETA")"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .error(let code): "the error \(code)"
        }
    }
}

extension Result {
    /// The job that was read, as a phrase for messages.
    fileprivate func summary<Output>() -> String where Success == SubmittedJob<Output>, Failure == FetchError {
        switch self {
        case .success(.queued(let job)):
            SubmissionFixture.Meaning.queued(id: job.job.id, eta: job.submitted?.eta).summary
        case .success(.succeeded): SubmissionFixture.Meaning.succeeded.summary
        case .success(.failed(let failure)): "failed (\(failure))"
        case .failure(let error): "an error (\(error.code): \(error.message))"
        }
    }
}
