/// What is found wrong while a document is read. Reading goes on, so that its author sees all of it at once.
final class ProblemList {
    private static let longest = 20

    private(set) var problems: [ManifestError.Problem] = []

    /// How many there are, listed or not.
    private(set) var count = 0

    /// Whether what is found from now on isn't told.
    var isFull: Bool { problems.count == Self.longest }

    func note(_ field: String, _ reason: String, _ remedy: String) {
        count += 1
        guard problems.count < Self.longest else { return }
        problems.append(ManifestError.Problem(field: field, reason: reason, remedy: remedy))
    }
}
