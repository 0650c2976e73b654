package import FetchCore
import Foundation

/// Reads jobs from arguments and lines: `endpoint:id`, a URL that an endpoint polls, or a JSON object with a job.
package struct JobParser: Sendable {
    private let registry: EndpointRegistry
    private let server: Origin?

    /// - Parameters:
    ///   - registry: The endpoints.
    ///   - server: The server of `--base-url`, whose URLs count as those of the providers. Defaults to none.
    package init(registry: EndpointRegistry, server: Origin? = nil) {
        self.registry = registry
        self.server = server
    }

    /// Returns the job of an argument.
    ///
    /// - Throws: ``UsageError`` if it isn't a job that a registered endpoint can poll.
    package func job(_ text: String) throws -> JobReference {
        if text.contains("://") { return try job(ofURL: text) }
        do throws(FetchError) {
            return try registry.job(text)
        } catch {
            throw UsageError(error.description.printable)
        }
    }

    /// Returns the job of a line of standard input.
    ///
    /// - Returns: The job with what the line says of its submission. `nil` for an empty line and for a comment.
    /// - Throws: ``UsageError`` if the line contains anything else.
    package func queuedJob(_ line: String) throws -> QueuedJob? {
        let text = line.trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty, !text.hasPrefix("#") else { return nil }
        guard text.hasPrefix("{") else { return QueuedJob(try job(text)) }
        return try JobLine(text).queuedJob { try job($0) }
    }

    private func job(ofURL text: String) throws -> JobReference {
        guard let url = URL(string: text) else { throw UsageError("\(text.printable) isn't a URL.") }
        if let job = registry.reference(for: url) { return job }
        if let server, (try? Origin(of: url)) == server, let job = job(at: url) { return job }
        // The URL may contain a password or a token, so only its host is repeated.
        throw UsageError(
            "no endpoint polls this URL of \((url.host() ?? "no host").printable). "
                + "Pass the job as endpoint:id, or register the endpoint with --manifest."
        )
    }

    /// Returns the job of a URL at the server that replaces those of the providers.
    private func job(at url: URL) -> JobReference? {
        for name in registry.names {
            guard
                let base = try? registry.endpoint(named: name).baseURL,
                let origin = try? Origin(of: base),
                var parts = URLComponents(url: url, resolvingAgainstBaseURL: false)
            else { continue }
            (parts.scheme, parts.host, parts.port) = (origin.scheme, origin.host, base.port)
            if let own = parts.url, let job = registry.reference(for: own) { return job }
        }
        return nil
    }
}
