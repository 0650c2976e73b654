#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// What depends on the job, or on an answer.
extension RequestForm {
    /// The request that asks an endpoint, which this is the form of, about a job.
    ///
    /// - Parameter text: That of the id, checked.
    func draft<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: Endpoint.ID,
        _ text: String
    ) throws(FetchError) -> RequestDraft {
        try requireNames()
        let body = try Self.body(of: endpoint, for: id)
        let place: RequestPlace
        if let urlPlan, Endpoint.ID.self != PollingURL.self {
            place = RequestPlace(url: try Self.url(urlPlan.url(of: text)), origin: urlPlan.origin, isOwn: true)
        } else if let given = (id as? PollingURL)?.url {
            place = try self.place(given)
            guard place.isOwn else { throw try foreign(given) }
        } else {
            let values = try self.endpoint.idForm.values(of: text)
            try IDPlacement.require(for: values, in: self.endpoint.path, or: body)
            place = try self.place(self.endpoint.path, values: values)
        }
        return RequestDraft(
            method: self.endpoint.method,
            url: place.url,
            origin: place.origin,
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

    /// The request that fetches what an answer about a job pointed to.
    func draft(_ followUp: FollowUp<any FetchOutput>, _ id: String) throws(FetchError) -> RequestDraft {
        let authorization = followUp.authorization ?? endpoint.authorization
        let place: RequestPlace
        switch followUp.place {
        case .path(let path, let further):
            place = try self.place(path, values: endpoint.idForm.values(of: id).merging(further))
        case .url(let given):
            place = try self.place(given)
            guard place.isOwn || authorization == .none else { throw try foreign(given) }
        }
        var headers = place.isOwn ? endpoint.headers : [:]
        for field in followUp.headers.fields { headers[field.name] = field.value }
        return RequestDraft(
            method: followUp.method,
            url: place.url,
            origin: place.origin,
            headers: headers,
            body: followUp.body,
            authorization: authorization
        )
    }

    private func foreign(_ url: URL) throws(FetchError) -> FetchError {
        let places = [try base().origin.description] + endpoint.domains
        return .refusedURL(
            url,
            because: "the key of \(endpoint.provider) is sent to \(places.joined(separator: ", ")) only"
        )
    }

    /// Where a URL that a server gave is asked: moved along where its provider's requests are.
    private func place(_ url: URL) throws(FetchError) -> RequestPlace {
        let origin = try Origin(of: url)
        let base = try base()
        if origin == base.origin { return RequestPlace(url: url, origin: origin, isOwn: true) }
        guard origin == base.namedOrigin || origin.isWithin(endpoint.domains) else {
            return RequestPlace(url: url, origin: origin, isOwn: false)
        }
        guard base.isMoved else { return RequestPlace(url: url, origin: origin, isOwn: true) }
        let query = url.query(percentEncoded: true).map { "?" + $0 } ?? ""
        let moved = try Self.url("\(base.origin)\(url.path(percentEncoded: true))\(query)")
        return RequestPlace(url: moved, origin: try Origin(of: moved), isOwn: true)
    }

    /// Where a path is asked: always below the base.
    private func place(_ path: PathTemplate, values: TemplateValues) throws(FetchError) -> RequestPlace {
        let base = try base()
        let url = try Self.url(base.prefix(of: path) + path.expanded(with: values))
        return RequestPlace(url: url, origin: base.origin, isOwn: true)
    }

    private static func url(_ text: String) throws(FetchError) -> URL {
        guard let url = URL(string: text) else {
            throw FetchError(.malformedEndpoint, "base URL and path make no URL")
        }
        return url
    }
}
