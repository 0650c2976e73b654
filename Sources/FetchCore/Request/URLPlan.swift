/// The prepared URL of an endpoint whose path has exactly one placeholder, for the entire id: a prefix and a suffix.
struct URLPlan: Sendable {
    let origin: Origin

    private let prefix: String
    private let suffix: String

    /// Creates a plan, or `nil` if the path has another form: no placeholder or several, a placeholder that keeps
    /// slashes, or an id of several values.
    init?(_ endpoint: EndpointDeclaration, base: BaseURL) {
        guard endpoint.idForm == .whole, let parts = try? endpoint.path.parts() else { return nil }
        var literals = [base.prefix(of: endpoint.path)]
        for part in parts {
            switch part {
            case .literal(let text): literals[literals.count - 1] += text
            case .placeholder("id", keepsSlashes: false): literals.append("")
            case .placeholder: return nil
            }
        }
        guard literals.count == 2 else { return nil }
        (origin, prefix, suffix) = (base.origin, literals[0], literals[1])
    }

    /// Returns the URL of a job.
    ///
    /// - Parameter id: The description of the id, validated by ``IDText``, so that it is a valid path segment.
    /// - Returns: The URL as a string.
    func url(of id: String) -> String {
        let id = PercentEncoding.encode(id)
        var url = ""
        url.reserveCapacity(prefix.utf8.count + id.utf8.count + suffix.utf8.count)
        url += prefix
        url += id
        url += suffix
        return url
    }
}
