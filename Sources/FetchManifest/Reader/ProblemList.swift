/// The problems found while a manifest is read. Reading continues after a problem, so that one error lists all of them.
final class ProblemList {
    private static let maximumCount = 20

    private(set) var problems: [ManifestError.Problem] = []

    /// The number of problems found, including those beyond the limit of the list.
    private(set) var count = 0

    /// True if the list omits further problems.
    var isFull: Bool { problems.count == Self.maximumCount }

    func add(_ field: String, _ reason: String, _ remedy: String) {
        count += 1
        guard problems.count < Self.maximumCount else { return }
        problems.append(ManifestError.Problem(field: field, reason: reason, remedy: remedy))
    }
}
