/// The places at which the registered endpoints expect polling URLs, in the order of registration, each once.
struct SubmissionPlaces: Sendable {
    private(set) var places: [SubmissionPlace] = []
    private var known: Set<SubmissionPlace> = []

    mutating func insert(_ others: [SubmissionPlace]) {
        for place in others where known.insert(place).inserted { places.append(place) }
    }
}
