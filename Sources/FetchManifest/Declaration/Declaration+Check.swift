import FetchCore

// Checks that involve several fields: together they must form a valid request.
extension Declaration {
    func checkRequest(_ object: ObjectReader<Field>) {
        checkPlaceholders(object)
        checkBody(object)
        checkKeys(object)
        // The registry would report the same problems again, without the field.
        if object.field.problems.count == 0 { checkRegistration(object) }
    }

    /// Checks that the request contains each value of the id. Otherwise two jobs could have the same request.
    private func checkPlaceholders(_ object: ObjectReader<Field>) {
        guard id.kind != .url else { return }
        let inBody = body?.placeholderNames ?? []
        if inBody.contains("id") { return }
        let unused = id.form.placeholderNames.subtracting(path.placeholderNames).subtracting(inBody)
        guard let first = unused.sorted().first else { return }
        object.report(
            .path,
            "has no placeholder {\(first)}, and neither has the body",
            "Add {\(first)} to the path, or \"{\(first)}\" to the body."
        )
    }

    private func checkBody(_ object: ObjectReader<Field>) {
        if method == .get, body != nil {
            object.report(
                .body,
                "servers ignore the body of a GET",
                "Write \"method\": \"POST\", or remove the body."
            )
        }
        guard case .jsonBody(let name) = authorization else { return }
        if method == .get {
            object.report(
                .key,
                "servers ignore the body of a GET",
                "Write \"method\": \"POST\", or send the key in a header or the query."
            )
        }
        if body?.hasMember(name) == true {
            object.report(.body, "contains \(Excerpt(name)), the member for the key", "Remove that member.")
        }
    }

    /// Reports the error of registering the endpoint. Domains are checked one at a time to find the invalid ones.
    private func checkRegistration(_ object: ObjectReader<Field>) {
        let fields = object[.domains]?.array(example: "[]") ?? []
        for (domain, field) in zip(domains, fields) {
            do throws(FetchError) {
                try EndpointCheck.validate(domain: domain)
            } catch {
                field.report(error.message, error.remedy ?? "Write it as example.com.")
            }
        }
        guard object.field.problems.count == 0, let error = registrationError else { return }
        let field: Field = id.kind == .url ? .baseURL : .path
        object.report(field, error.message, error.remedy ?? "Check baseURL, path and id.")
    }

    private var registrationError: FetchError? {
        do throws(FetchError) {
            var registry = EndpointRegistry()
            try registry.register(SingleEndpointPlugin(declaration: self))
            return nil
        } catch {
            return error
        }
    }

    private struct SingleEndpointPlugin: FetchPlugin {
        let declaration: Declaration
        var endpoints: [any FetchEndpoint] { [declaration.endpoint] }
    }
}
