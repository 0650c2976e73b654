/// The URLs of an endpoint whose id is one value in one place of its path: two strings with the id between them.
struct URLPlan: Sendable {
    let origin: Origin

    private let prefix: String
    private let suffix: String

    /// Prepares the URLs.
    ///
    /// - Returns: Nil if the id has another form, no place or several, or keeps its slashes.
    init?(_ endpoint: EndpointDeclaration, base: BaseURL) {
        guard endpoint.idForm == .whole, let parts = try? endpoint.path.parts() else { return nil }
        var literals = [base.prefix(of: endpoint.path)]
        for part in parts {
            switch part {
            case .literal(let text): literals[literals.count - 1] += text
            case .place("id", keepsSlashes: false): literals.append("")
            case .place: return nil
            }
        }
        guard literals.count == 2 else { return nil }
        (origin, prefix, suffix) = (base.origin, literals[0], literals[1])
    }

    /// The URL of a job.
    ///
    /// - Parameter id: The id's text, which is a segment that leads nowhere else: ``IDText`` has validated it.
    func url(of id: String) -> String {
        var url = prefix
        url += PercentEncoding.encode(id)
        url += suffix
        return url
    }
}
