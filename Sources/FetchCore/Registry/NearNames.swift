/// The registered names that a mistyped one may have meant.
struct NearNames {
    let remedy: String

    init(to name: EndpointName, among names: [EndpointName]) {
        let ranked =
            names
            .map { (name: $0, distance: EditDistance.between(name.text, $0.text)) }
            .filter {
                $0.distance <= max(2, name.text.count / 3) || Self.lastWord(of: $0.name) == Self.lastWord(of: name)
            }
            .sorted { Self.rank($0, for: name) < Self.rank($1, for: name) }
        if ranked.isEmpty {
            let some = names.prefix(10).map(\.text).joined(separator: ", ")
            remedy =
                names.isEmpty
                ? "The registry is empty: register the endpoint first."
                : "Registered are \(some)\(names.count > 10 ? ", …" : "")."
        } else {
            remedy = "Did you mean \(ranked.prefix(3).map(\.name.text).joined(separator: " or "))?"
        }
    }

    /// The same last word comes first: `example.video` may well mean `example.pro.video`.
    private static func rank(
        _ candidate: (name: EndpointName, distance: Int),
        for name: EndpointName
    ) -> (Int, Int, EndpointName) {
        (lastWord(of: candidate.name) == lastWord(of: name) ? 0 : 1, candidate.distance, candidate.name)
    }

    private static func lastWord(of name: EndpointName) -> String {
        let word = name.text.split(separator: ".").last ?? ""
        return String(word.filter { $0.isLetter || $0.isNumber })
    }
}
