/// The head of a request as a server receives it.
struct ReceivedRequest: Sendable {
    /// The path with its query.
    let path: String
    private let fields: [String: String]

    /// Reads a head without its empty line.
    init(_ head: String) {
        var lines = head.split(separator: "\r\n")[...]
        path = lines.popFirst()?.split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let pairs = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (parts[0].lowercased(), parts.dropFirst().first.map { String($0.drop { $0 == " " }) } ?? "")
        }
        fields = Dictionary(pairs) { first, _ in first }
    }

    /// The value of a header field, whose name is in lowercase. `nil` if there is none.
    subscript(name: String) -> String? { fields[name] }

    /// The position from which on the file is asked for; `nil` for the whole file.
    var start: Int? { self["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) } }
}
