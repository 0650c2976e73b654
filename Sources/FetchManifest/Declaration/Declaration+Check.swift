import FetchCore

// What single fields can't tell: whether they make a request together.
extension Declaration {
    func checkRequest(_ object: ObjectReader<Field>) {
        checkPlaces(object)
        checkBody(object)
        checkKeys(object)
        // What is said already needn't be said in the registry's words.
        if object.field.problems.count == 0 { checkRegistration(object) }
    }

    /// Each value of the id has to be in the request: two jobs would be one otherwise.
    private func checkPlaces(_ object: ObjectReader<Field>) {
        guard id.kind != .url else { return }
        let inBody = body?.placeNames ?? []
        if inBody.contains("id") { return }
        let unused = id.form.placeNames.subtracting(path.text.placeNames).subtracting(inBody)
        guard let first = unused.sorted().first else { return }
        object.refuse(
            .path,
            "has no place for {\(first)}, and neither has the body",
            "Write {\(first)} into the path, or \"{\(first)}\" into the body."
        )
    }

    private func checkBody(_ object: ObjectReader<Field>) {
        if method == .get, body != nil {
            object.refuse(
                .body,
                "servers ignore the body of a GET",
                "Write \"method\": \"POST\", or leave the body out."
            )
        }
        guard case .jsonBody(let name) = authorization else { return }
        if method == .get {
            object.refuse(
                .key,
                "servers ignore the body of a GET",
                "Write \"method\": \"POST\", or put the key elsewhere."
            )
        }
        if body?.hasMember(name) == true {
            object.refuse(.body, "the key goes into its member \(Excerpt(name))", "Leave that member out.")
        }
    }

    /// What the registry says against it. It sees all at once, so the domains are shown to it one by one.
    private func checkRegistration(_ object: ObjectReader<Field>) {
        for (index, domain) in domains.enumerated() {
            guard let error = with(domains: [domain]).registrationError, with(domains: []).registrationError == nil
            else {
                continue
            }
            object[.domains]?.list(suchAs: "[]")?[index].refuse(
                error.message,
                error.remedy ?? "Write it as example.com."
            )
        }
        guard let error = with(domains: []).registrationError else { return }
        let field: Field = id.kind == .url ? .baseURL : .path
        object.refuse(field, error.message, error.remedy ?? "Look at baseURL, path and id.")
    }

    private var registrationError: FetchError? {
        do throws(FetchError) {
            var registry = EndpointRegistry()
            try registry.register(SoleEndpoint(declaration: self))
            return nil
        } catch {
            return error
        }
    }

    private struct SoleEndpoint: FetchPlugin {
        let declaration: Declaration
        var endpoints: [any FetchEndpoint] { [declaration.endpoint] }
    }

    private func with(domains: [String]) -> Self {
        var copy = self
        copy.domains = domains
        return copy
    }
}
