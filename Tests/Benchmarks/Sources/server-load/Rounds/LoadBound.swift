/// A bound on the ratio of FetchKit over curl to another client.
struct LoadBound {
    /// A bound on a figure of a ``LoadRatio``.
    enum Limit {
        case requestsAtLeast(Double)
        case cpuAtMost(Double)
    }

    var against: ClientName
    var inFlight: Set<Int>
    var limit: Limit

    static let all = [
        Self(against: .libcurl, inFlight: [16, 64], limit: .cpuAtMost(1.5)),
        Self(against: .fetchKitURLSession, inFlight: [16, 64], limit: .requestsAtLeast(6)),
        Self(against: .node, inFlight: [16, 64], limit: .requestsAtLeast(3)),
        Self(against: .go, inFlight: [1], limit: .requestsAtLeast(0.9)),
    ]

    /// Returns a description of the bound if the ratio violates it; `nil` if it doesn't or isn't concerned.
    func violation(by ratio: LoadRatio) -> String? {
        guard ratio.against == against, inFlight.contains(ratio.inFlight) else { return nil }
        return switch limit {
        case .requestsAtLeast(let minimum) where ratio.requestsRatio < minimum: "at least \(minimum) × the requests"
        case .cpuAtMost(let maximum) where ratio.cpuRatio > maximum: "at most \(maximum) × the CPU time"
        default: nil
        }
    }
}
