import FetchCore
import FetchJobs

/// The key of the due jobs of an endpoint, an account and a tenant, which the index of due jobs has together.
struct DueKey: Sendable, Hashable, Comparable {
    let endpoint: EndpointName
    let account: AccountID?
    let tenant: String?

    /// The order of the index, in which empty bytes come after each text.
    static func < (one: Self, other: Self) -> Bool {
        guard one.endpoint == other.endpoint else { return one.endpoint < other.endpoint }
        guard one.account == other.account else { return precedes(one.account?.rawValue, other.account?.rawValue) }
        return precedes(one.tenant, other.tenant)
    }

    private static func precedes(_ one: String?, _ other: String?) -> Bool {
        guard let one else { return false }
        guard let other else { return true }
        return one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    static func == (one: Self, other: Self) -> Bool {
        one.endpoint == other.endpoint && one.account == other.account
            && one.tenant.map(JobID.init) == other.tenant.map(JobID.init)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(endpoint)
        hasher.combine(account)
        hasher.combine(tenant.map(JobID.init))
    }

    var values: [SQLValue] {
        [.text(endpoint.rawValue), SQLValue(identifier: account?.rawValue), SQLValue(identifier: tenant)]
    }
}

/// The due jobs of one key, and the date of the first of them.
struct DueQueue: Sendable {
    let key: DueKey
    var first: StoredDate
}

/// The two indexes of due jobs.
enum DueIndex: Sendable {
    /// The jobs with which no worker has died.
    case fresh
    /// The jobs with which a worker has died.
    case afterDeaths

    /// The index, and the condition that selects its rows.
    var source: String {
        switch self {
        case .fresh:
            """
            fetchkit_job INDEXED BY fetchkit_job_due
            WHERE worker IS NULL AND parked IS NULL AND deaths = 0 AND endpoint = ?1
            """
        case .afterDeaths:
            """
            fetchkit_job INDEXED BY fetchkit_job_due_after_deaths
            WHERE worker IS NULL AND parked IS NULL AND deaths > 0 AND endpoint = ?1
            """
        }
    }
}
