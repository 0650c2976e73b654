// A client keeps the last progress of each job that it waits for, of which there may be a million.
extension JobProgress {
    /// The bytes of details that are kept.
    private static let maximumDetails = 4_096

    /// The Unicode scalars of a message that are kept.
    private static let maximumMessage = 500

    /// The progress as polling keeps it: without the largest details beyond the limit, and with the beginning of the
    /// message.
    var bounded: Self {
        let isMessageLong = message.map { $0.utf8.count > Self.maximumMessage } ?? false
        guard isMessageLong || !details.isEmpty else { return self }
        var progress = self
        if isMessageLong, let message, message.unicodeScalars.count > Self.maximumMessage {
            let beginning = message.unicodeScalars.prefix(Self.maximumMessage)
            progress.message = String(String.UnicodeScalarView(beginning)) + "…"
        }
        if !details.isEmpty { progress.boundDetails() }
        return progress
    }

    private mutating func boundDetails() {
        let limit = Self.maximumDetails
        var sizes: [(name: String, size: Int)] = []
        var total = 0
        for (name, value) in details {
            let size = name.utf8.count + value.byteCount(upTo: limit)
            sizes.append((name, size))
            total += size
        }
        guard total > limit else { return }
        // By name among equal sizes, so that what is left out doesn't depend on the order of a dictionary.
        for (name, size) in sizes.sorted(by: { ($0.size, $0.name) > ($1.size, $1.name) }) where total > limit {
            details[name] = nil
            total -= size
        }
    }
}
