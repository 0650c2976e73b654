/// The registered names that a mistyped one may have meant.
struct NearNames {
    let remedy: String

    init(to name: EndpointName, among names: [EndpointName]) {
        let ranked =
            names
            .map { (name: $0, distance: Self.distance(from: name.text, to: $0.text)) }
            .filter { $0.distance <= max(2, name.text.count / 3) || $0.name.text.hasSuffix(".\(name)") }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
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

    /// The number of characters to insert, delete or replace (Levenshtein).
    private static func distance(from one: String, to other: String) -> Int {
        let other = Array(other)
        var row = Array(0...other.count)
        for (rowIndex, character) in one.prefix(200).enumerated() {
            var diagonal = row[0]
            row[0] = rowIndex + 1
            for column in other.indices {
                let replacing = diagonal + (character == other[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replacing, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[other.count]
    }
}
