/// A rule of the contract of `JobStore` that ``JobStoreConformance`` checks. Later versions may add rules.
public struct JobStoreRule: Sendable, Hashable, CustomStringConvertible {
    /// The rule's name, such as `fencing`.
    public let description: String

    /// The requirement of the contract, in one or more sentences.
    public let requirement: String

    let run: @Sendable (JobStoreTrial) async throws -> Void

    init(
        _ name: String,
        _ requirement: String,
        _ run: @escaping @Sendable (JobStoreTrial) async throws -> Void = { _ in }
    ) {
        description = name
        self.requirement = requirement
        self.run = run
    }

    /// Returns true if both rules have the same name.
    public static func == (one: Self, other: Self) -> Bool { one.description == other.description }

    /// Hashes the rule's name.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension JobStoreRule: CaseIterable {
    /// All rules, in the order in which they are checked.
    public static var allCases: [Self] {
        [
            .adding, .invalidJobs, .leasing, .exclusiveLeases, .tenantsInTurn, .lostLeases, .renewal, .fencing,
            .repeatedRecords, .givingBack, .orderlyEnd, .deaths, .longLives, .batchesAfterDeaths, .stepwiseClearUp,
            .overdueJobs, .cancelling, .hints, .pauses, .deliveries, .durations, .inspection,
        ]
    }

    /// In a random run, each job is waiting or has ended, no job is leased twice, and each outcome is recorded once and
    /// delivered.
    public static let randomRun = Self("randomRun", "Invariants hold, whenever workers and readers die.")

    /// A call that fails before or after its effect can be repeated.
    public static let interruptions = Self("interruptions", "A call can be repeated.")
}
