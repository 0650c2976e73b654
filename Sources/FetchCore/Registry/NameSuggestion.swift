/// A suggestion of registered names for a name that isn't registered.
struct NameSuggestion {
    /// The suggestion as a sentence for an error.
    let remedy: String

    /// Creates a suggestion of up to three similar names, or of up to ten registered names if none is similar.
    init(for name: EndpointName, among names: [EndpointName]) {
        let ranked =
            names
            .map { (name: $0, distance: EditDistance.between(name.rawValue, $0.rawValue)) }
            .filter {
                $0.distance <= max(2, name.rawValue.count / 3)
                    || Self.lastComponent(of: $0.name) == Self.lastComponent(of: name)
            }
            .sorted { Self.rank($0, for: name) < Self.rank($1, for: name) }
        if ranked.isEmpty {
            let registered = names.prefix(10).map(\.rawValue).joined(separator: ", ")
            remedy =
                names.isEmpty
                ? "The registry is empty: register the endpoint first."
                : "Registered endpoints: \(registered)\(names.count > 10 ? ", …" : "")."
        } else {
            remedy = "Did you mean \(ranked.prefix(3).map(\.name.rawValue).joined(separator: " or "))?"
        }
    }

    /// Returns the sort key. Names with the same last component come first, since `example.video` may stand for
    /// `example.pro.video`.
    private static func rank(
        _ candidate: (name: EndpointName, distance: Int),
        for name: EndpointName
    ) -> (Int, Int, EndpointName) {
        (lastComponent(of: candidate.name) == lastComponent(of: name) ? 0 : 1, candidate.distance, candidate.name)
    }

    private static func lastComponent(of name: EndpointName) -> String {
        let component = name.rawValue.split(separator: ".").last ?? ""
        return String(component.filter { $0.isLetter || $0.isNumber })
    }
}
