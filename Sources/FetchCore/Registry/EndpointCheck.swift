/// The validation of an endpoint's declarations when it is registered.
package enum EndpointCheck {
    /// Throws ``FetchError`` if no request can be built from the declarations, or if they could expose the key.
    static func validate(_ endpoint: some FetchEndpoint) throws(FetchError) {
        do throws(FetchError) {
            try endpoint.name.validate()
            try endpoint.provider.validate()
            _ = try BaseURL(endpoint.baseURL)
            for domain in endpoint.domains { try validate(domain: domain) }
            try validateKey(of: endpoint)
            try validateTemplate(of: endpoint)
            try validateSubmission(of: endpoint)
        } catch {
            throw error.about(endpoint: endpoint.name, id: nil)
        }
    }

    /// Throws if the path contains the query item of the key. A server may read either of two items of one name.
    private static func validateKey(of endpoint: some FetchEndpoint) throws(FetchError) {
        guard case .query(let name) = endpoint.authorization, endpoint.path.hasQueryItem(named: name) else { return }
        throw FetchError(
            .malformedEndpoint,
            "the query item \(Excerpt(name)) carries the key, but the path already contains an item of that name",
            remedy: "Remove the item from the path, or name another item in authorization."
        )
    }

    /// Throws unless the path or the body contains the id, or the id is the URL. The request would be the same for
    /// every job otherwise.
    private static func validateTemplate<Endpoint: FetchEndpoint>(of endpoint: Endpoint) throws(FetchError) {
        if Endpoint.ID.self == PollingURL.self { return }
        let path = try endpoint.path.parts()
        let sample = try endpoint.idForm.sample()
        if !path.placeholderNames.isEmpty {
            _ = try endpoint.path.expanded(with: endpoint.idForm.values(of: sample))
            return
        }
        // If the id type or the body refuses the sample, the check is repeated with each real id.
        guard let id = Endpoint.ID(sample) else { return }
        let body: RequestBody?
        do {
            body = try endpoint.body(for: id)
        } catch {
            return
        }
        try IDPlacement.require(for: endpoint.idForm.values(of: sample), in: endpoint.path, or: body)
    }

    private static func validateSubmission<Endpoint: FetchEndpoint>(of endpoint: Endpoint) throws(FetchError) {
        try endpoint.submission.validate(for: endpoint.idForm, isURL: Endpoint.ID.self == PollingURL.self)
    }

    /// Throws for a top-level domain or a wildcard, which would send the key to any server.
    package static func validate(domain: String) throws(FetchError) {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        let isWellFormed = labels.allSatisfy { label in
            !label.isEmpty && label.utf8.allSatisfy(WebAddress.isLabelByte)
        }
        let isTopLevelName = labels.last?.utf8.contains(where: ASCII.isLowercaseLetter) ?? false
        guard labels.count > 1, isWellFormed, isTopLevelName else {
            throw FetchError(
                .malformedEndpoint,
                "\(Excerpt(domain)) is not a domain",
                remedy: "Write it as example.com: lowercase letters, no wildcard, no scheme."
            )
        }
    }
}
