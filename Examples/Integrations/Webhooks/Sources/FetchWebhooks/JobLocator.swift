#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
public import FetchCore

/// A rule that finds the job that a verified message is about: the name of its endpoint, and the place of its id.
///
/// ```swift
/// let locator = try JobLocator(endpoint: "openai.video", id: "/data/id")
/// ```
public struct JobLocator: Sendable {
    private let locate: @Sendable (WebhookRequest) -> JobReference?

    /// Creates a locator from a function.
    ///
    /// - Parameter locate: Returns the job of a verified message, or `nil` if the message is about no job.
    public init(_ locate: @escaping @Sendable (WebhookRequest) -> JobReference?) { self.locate = locate }

    /// Creates a locator for messages about the jobs of one endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: The name of the endpoint.
    ///   - id: The place of the job's id in the body, as a JSON pointer. The id is a string or an integer.
    ///   - idPrefix: A string to put before the id if the endpoint's ids have more parts than the message, such as the
    ///     model and a slash. Defaults to none.
    /// - Throws: ``WebhookError`` if the pointer is malformed; `FetchError` if the name is.
    public init(endpoint: EndpointName, id: String, idPrefix: String = "") throws {
        _ = try EndpointName(endpoint.rawValue)
        let place = try JSONPointer(id)
        self.init { Self.job(of: endpoint, at: place, prefix: idPrefix, in: $0) }
    }

    /// Creates a locator for messages about the jobs of several endpoints. The last segment of the path is the name of
    /// the endpoint, such as `/webhooks/<secret>/modelslab.video`.
    ///
    /// - Parameters:
    ///   - endpoints: The names that are accepted.
    ///   - id: The place of the job's id in the body, as a JSON pointer. The id is a string or an integer.
    /// - Throws: ``WebhookError`` if the pointer is malformed; `FetchError` if a name is.
    public init(endpointInPath endpoints: Set<EndpointName>, id: String) throws {
        for endpoint in endpoints { _ = try EndpointName(endpoint.rawValue) }
        let place = try JSONPointer(id)
        self.init { request in
            guard let segment = request.path.split(separator: "/").last,
                let endpoint = EndpointName(rawValue: String(segment)), endpoints.contains(endpoint)
            else { return nil }
            return Self.job(of: endpoint, at: place, prefix: "", in: request)
        }
    }

    /// Returns the job of a verified message.
    ///
    /// - Parameter request: The message, whose sender is proven.
    /// - Returns: The job; `nil` if the message is about none.
    public func job(in request: WebhookRequest) -> JobReference? { locate(request) }

    private static func job(
        of endpoint: EndpointName,
        at place: JSONPointer,
        prefix: String,
        in request: WebhookRequest
    ) -> JobReference? {
        guard let body = try? JSONValue(parsing: request.body), let value = place.value(in: body) else { return nil }
        switch value {
        case .string(let id): return id.isEmpty ? nil : try? JobReference(endpoint: endpoint, id: prefix + id)
        case .integer(let id): return try? JobReference(endpoint: endpoint, id: prefix + String(id))
        default: return nil
        }
    }
}
