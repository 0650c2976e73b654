/// What can be said against an endpoint before it is asked anything.
enum EndpointCheck {
    static func validate(_ endpoint: some FetchEndpoint) throws(FetchError) {
        do throws(FetchError) {
            try endpoint.name.validate()
            try endpoint.provider.validate()
            _ = try BaseURL(endpoint.baseURL)
            for domain in endpoint.domains { try validate(domain: domain) }
            try validateKey(of: endpoint)
            try validateTemplate(of: endpoint)
        } catch {
            throw error.about(endpoint: endpoint.name, id: nil)
        }
    }

    /// Of two query items of one name a server reads either.
    private static func validateKey(of endpoint: some FetchEndpoint) throws(FetchError) {
        guard case .query(let name) = endpoint.authorization, endpoint.path.hasQueryItem(named: name) else { return }
        throw FetchError(
            .malformedEndpoint,
            "the key goes into the query item \(Excerpt(name)), and the path has one of that name already",
            remedy: "Name in authorization the item that takes the key, and leave it out of the path."
        )
    }

    /// A template without a place for the id makes every job the same one, unless the body carries it or the id is a URL.
    private static func validateTemplate<Endpoint: FetchEndpoint>(of endpoint: Endpoint) throws(FetchError) {
        if Endpoint.ID.self == PollingURL.self { return }
        let form = try endpoint.idForm.parts()
        let path = try endpoint.path.parts()
        let sample = form.sample
        if !path.placeNames.isEmpty {
            _ = try endpoint.path.expanded(with: endpoint.idForm.values(of: sample))
            return
        }
        // Whether an id type or a body that refuses this sample has a place is checked with a real id.
        guard let id = Endpoint.ID(sample) else { return }
        let body: RequestBody?
        do {
            body = try endpoint.body(for: id)
        } catch {
            return
        }
        try IDPlace.require(for: endpoint.idForm.values(of: sample), in: endpoint.path, or: body)
    }

    /// A domain as wide as `com` or as loose as `*` would send the key to anyone.
    private static func validate(domain: String) throws(FetchError) {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        let isWellFormed = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.allSatisfy(PercentEncoding.isHostByte)
        }
        let isTopLevelName =
            labels.last?.utf8.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? false
        guard labels.count > 1, isWellFormed, isTopLevelName else {
            throw FetchError(
                .malformedEndpoint,
                "\(Excerpt(domain)) is not a domain",
                remedy: "Write it as example.com: small letters, no star, no scheme."
            )
        }
    }
}

extension [TemplatePart] {
    /// An id of this form.
    fileprivate var sample: String {
        map { part in
            if case .literal(let text) = part { text } else { "7481516" }
        }.joined()
    }
}
