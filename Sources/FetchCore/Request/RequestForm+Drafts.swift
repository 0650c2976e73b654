#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The parts of a request that depend on the job or on a response.
extension RequestForm {
    /// Returns the request that polls a job.
    ///
    /// - Parameters:
    ///   - endpoint: The endpoint from which this form was created.
    ///   - id: The id of the job.
    ///   - text: The validated description of the id.
    /// - Returns: The request without the key.
    /// - Throws: ``FetchError`` if no request can be built, or if its URL is refused.
    func draft<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        _ text: String
    ) throws(FetchError) -> RequestDraft {
        try requireNames()
        let body = try Self.body(of: endpoint, for: id)
        let target: RequestTarget
        if let urlPlan, Endpoint.ID.self != PollingURL.self {
            target = RequestTarget(url: try Self.url(urlPlan.url(of: text)), origin: urlPlan.origin, isOwn: true)
        } else if let given = (id as? PollingURL)?.url {
            target = try self.target(given)
            guard target.isOwn else { throw try foreignURLError(given) }
        } else {
            let values = try self.endpoint.idForm.values(of: text)
            try IDPlacement.require(for: values, in: self.endpoint.path, or: body)
            target = try self.target(self.endpoint.path, values: values)
        }
        return RequestDraft(
            method: self.endpoint.method,
            url: target.url,
            origin: target.origin,
            headers: self.endpoint.headers,
            plan: headerPlan,
            body: body,
            keyBody: keyBody,
            authorization: self.endpoint.authorization
        )
    }

    private static func body<Endpoint: FetchEndpoint>(
        of endpoint: Endpoint,
        for id: Endpoint.ID
    ) throws(FetchError) -> RequestBody? {
        do {
            return try endpoint.body(for: id)
        } catch let error as FetchError {
            throw error
        } catch {
            throw FetchError(.malformedEndpoint, "the endpoint can't make a body for this id: \(type(of: error))")
        }
    }

    /// Returns the request for a follow-up of a response about a job.
    func draft<Output>(_ followUp: FollowUp<Output>, _ id: String) throws(FetchError) -> RequestDraft {
        let authorization = followUp.authorization.resolved(inheriting: endpoint.authorization)
        let target: RequestTarget
        switch followUp.target {
        case .path(let path, let further):
            target = try self.target(path, values: endpoint.idForm.values(of: id).merging(further))
        case .url(let given):
            target = try self.target(given)
            guard target.isOwn || authorization == .none else { throw try foreignURLError(given) }
        }
        var headers = target.isOwn ? endpoint.headers : [:]
        for field in followUp.headers.fields { headers[field.name] = field.value }
        return RequestDraft(
            method: followUp.method,
            url: target.url,
            origin: target.origin,
            headers: headers,
            body: followUp.body,
            authorization: authorization
        )
    }

    /// Returns the target for a path below the base URL.
    private func target(_ path: PathTemplate, values: TemplateValues) throws(FetchError) -> RequestTarget {
        let base = try base()
        let url = try Self.url(base.prefix(of: path) + path.expanded(with: values))
        return RequestTarget(url: url, origin: base.origin, isOwn: true)
    }

    static func url(_ text: String) throws(FetchError) -> URL {
        guard let url = URL(string: text) else {
            throw FetchError(.malformedEndpoint, "base URL and path don't form a valid URL")
        }
        return url
    }
}
