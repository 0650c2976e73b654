package import FetchJobs

/// A call of a store that has returned.
package enum StoreCall: Sendable {
    /// A worker was registered.
    case registered(WorkerID)
    /// Jobs were leased, or found among the leases of a worker.
    case leased([LeasedJob], WorkerID)
    /// Another function, by its name.
    case other(String)

    /// The name of the function.
    package var name: String {
        switch self {
        case .registered: "register"
        case .leased: "lease"
        case .other(let name): name
        }
    }
}
