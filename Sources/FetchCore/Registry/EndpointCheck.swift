/// What can be said against an endpoint before it is asked anything.
enum EndpointCheck {
    static func validate(_ endpoint: some FetchEndpoint) throws(FetchError) {
        do throws(FetchError) {
            try endpoint.name.validate()
            try endpoint.provider.validate()
            _ = try BaseURL(endpoint.baseURL)
            try validateTemplate(of: endpoint)
        } catch {
            throw error.about(endpoint: endpoint.name, id: nil)
        }
    }

    /// A template without a place for the id makes every job the same one, unless the body carries it.
    private static func validateTemplate<Endpoint: FetchEndpoint>(of endpoint: Endpoint) throws(FetchError) {
        let hasPlace = try endpoint.path.hasPlace()
        // An id type that doesn't know this sample is checked when a real id is asked about.
        let sample = "7481516"
        guard let id = Endpoint.ID(sample) else { return }
        if hasPlace {
            _ = try endpoint.path.expanded(with: id)
            return
        }
        let body: RequestBody?
        do {
            body = try endpoint.body(for: id)
        } catch {
            // Nor does a body that is refused for the sample say anything about real ids.
            return
        }
        try IDPlace.require(for: id, in: endpoint.path, or: body)
    }
}
