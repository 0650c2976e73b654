/// The registered names that a mistyped one may have meant.
struct NearNames {
    let remedy: String

    init(to name: EndpointName, among names: [EndpointName]) {
        let ranked =
            names
            .map { (name: $0, distance: Self.distance(from: name.text, to: $0.text)) }
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
